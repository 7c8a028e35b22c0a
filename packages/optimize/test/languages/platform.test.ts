/** Fixtures of the platform tables through the engine: what is done, how often at a time, and nothing on strangers. */
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import type { LoopedOperation, Operation } from "../../src/model/project.ts";
import type { PlatformFixture } from "./platform/fixture.ts";

const folder = new URL("./platform/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".fixture.ts"));

const loaded = await Promise.all(
  files.map(async (name) => {
    const module = (await import(new URL(name, folder).href)) as { readonly default: readonly PlatformFixture[] };
    return { name, fixtures: module.default };
  }),
);

describe.each(loaded)("$name", ({ fixtures }) => {
  test.each(fixtures.map((fixture) => [fixture.title, fixture] as const))("%s", async (_title, fixture) => {
    const { project } = await analyzeSources([{ file: "source.ts", text: fixture.code }]);
    const found = project.operations
      .filter(({ kind }) => kind !== "log" && kind !== "connect")
      .map((operation) => line(operation, project.looped));
    expect(found.sort()).toEqual([...fixture.expect].sort());
  });
});

/** "003 http-read timed in limited https://example.com/*" */
function line(operation: Operation, looped: readonly LoopedOperation[]): string {
  const { kind, place, spec, timeout, url } = operation;
  const inside = looped.find((one) => one.operation.id === operation.id);
  const words = [
    String(place.line).padStart(3, "0"),
    kind,
    ...(["list", "bulk", "blocking", "stream"] as const).filter((flag) => spec[flag] === true),
    ...(kind.startsWith("http") && timeout ? ["timed"] : []),
    ...(inside === undefined ? [] : ["in", inside.loop.mode, ...(inside.memoized ? ["memoized"] : [])]),
    ...(kind.startsWith("http") && url !== undefined && url !== "*" ? [url] : []),
  ];
  return words.join(" ");
}
