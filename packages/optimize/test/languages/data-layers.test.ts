/** Every fixture of a data layer through the engine. */
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import { dataLayers } from "../../src/languages/data-layers/index.ts";
import type { Expected, Fixture } from "./fixture.ts";

const folder = new URL("./data-layers/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".fixture.ts"));
/** Opening a client or writing a log line is asked about only where a fixture speaks of it. */
const asides = new Set(["log", "connect"]);

test("every data layer has fixtures", () => {
  const ids = dataLayers.map((library) => library.id);
  expect(files.map((name) => name.replace(/\.fixture\.ts$/, "")).sort()).toEqual(ids.sort());
});

const loaded = await Promise.all(
  files.map(async (name) => {
    const module = (await import(new URL(name, folder).href)) as { readonly default: readonly Fixture[] };
    const python = dataLayers.some((library) => library.language === "python" && name === `${library.id}.fixture.ts`);
    return { name, file: python ? "source.py" : "source.ts", fixtures: module.default };
  }),
);

describe.each(loaded)("$name", ({ file, fixtures }) => {
  test.each(fixtures.map((fixture) => [fixture.title, fixture] as const))("%s", async (_title, fixture) => {
    const { project } = await analyzeSources([{ file, text: fixture.code }]);
    const asked = new Set(fixture.expect.map((expected) => expected.kind));
    const found = project.operations
      .filter((operation) => !asides.has(operation.kind) || asked.has(operation.kind))
      .map((operation) =>
        line({
          kind: operation.kind,
          ...(operation.table === undefined ? {} : { table: operation.table }),
          list: operation.spec.list === true,
          bulk: operation.spec.bulk === true,
          batched: operation.spec.batched === true,
          blocking: operation.spec.blocking === true,
          line: operation.place.line,
        }),
      );
    expect(found.sort()).toEqual(fixture.expect.map(line).sort());
  });
});

/** One operation in words; names of tables are compared without their case, which data layers treat as they like. */
function line(expected: Expected): string {
  const { line: at, kind, table } = expected;
  const flags = (["list", "bulk", "batched", "blocking"] as const).filter((flag) => expected[flag]);
  return [String(at).padStart(3, "0"), kind, table?.toLowerCase() ?? "-", ...flags].join(" ");
}
