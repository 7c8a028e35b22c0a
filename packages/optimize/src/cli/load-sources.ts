/** What a service is asked when nobody has written a scenario: routes of the last scan, a description, a recording, a log. */
import { resolve } from "node:path";
import { readRun } from "../engine/kept-run.ts";
import { readAnySource, readSource, type Source, type SourceKind } from "../load/import/read-source.ts";
import { fromRoutes } from "../load/import/routes.ts";
import { pathsOf } from "../load/import/written.ts";
import { OptimizeError } from "../model/errors.ts";
import type { Arguments, Flag } from "./args.ts";
import type { Terminal } from "./terminal.ts";

export const sourceFlags: Readonly<Record<SourceKind | "examples", Flag>> = {
  openapi: { type: "string", value: "file", help: "Take the requests from an OpenAPI 3 description (JSON or YAML)" },
  har: { type: "string", value: "file", help: "Take them from a browser's recording, without cookies and credentials" },
  "access-log": { type: "string", value: "file", help: "Take them from a web server's log, as often as they were made" },
  examples: {
    type: "string",
    value: "file",
    help: "A description, recording or log that has values for the parameters of the scan's routes",
  },
};

const kinds: readonly SourceKind[] = ["openapi", "har", "access-log"];

/** Whether the arguments name where requests come from. */
export const namesSource = (args: Arguments): boolean => kinds.some((kind) => args.has(kind));

/** The requests of the source that the arguments name, else of the last scan of a folder. Throws an OptimizeError when there is none. */
export async function requestsIn(args: Arguments, root: string, terminal: Terminal): Promise<Source> {
  const named = kinds.filter((kind) => args.has(kind));
  const [kind] = named;
  if (named.length > 1) throw new OptimizeError("usage", "one source at a time: --openapi, --har or --access-log");
  const examples = args.text("examples");
  if (kind !== undefined) {
    if (examples !== undefined)
      throw new OptimizeError("usage", `--examples are for the routes of a scan; --${kind} brings its own values`, {
        hint: "leave one of them out",
      });
    const file = args.text(kind) ?? "";
    return readSource(kind, resolve(terminal.cwd, file), file);
  }
  const kept = readRun(root);
  if (kept === undefined || kept === "unreadable")
    throw new OptimizeError("not-found", "no scan of this folder is kept, so that its routes are not known", {
      hint: "run optimize first, or name a source: --openapi, --har, --access-log",
    });
  const seen = examples === undefined ? [] : pathsOf(await readAnySource(resolve(terminal.cwd, examples), examples));
  return fromRoutes(
    kept.formulas.filter((one) => one.kind === "route").map(({ name }) => name),
    seen,
  );
}
