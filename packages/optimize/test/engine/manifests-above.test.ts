/** What a package may import: what its manifest and those around it name. */
import { expect, it } from "vitest";
import type { Discovery } from "../../src/engine/discover.ts";
import type { PackageFacts } from "../../src/engine/packages.ts";
import { dependenciesOf } from "../../src/engine/read-folder.ts";

function manifest(dir: string, ...names: readonly string[]): PackageFacts {
  return { dir, dependencies: new Map(names.map((name) => [name, { version: "1.0.0", kind: "dependencies" }])) } as unknown as PackageFacts;
}

const found = {
  packages: [
    manifest("a/b", "deep", "shared"),
    manifest("", "top"),
    manifest("a", "shared", "middle"),
    manifest("ab", "beside"),
    manifest("..", "above"),
  ],
} as unknown as Discovery;

it.each([
  ["", ["top", "above"]],
  ["a", ["top", "shared", "middle", "above"]],
  ["a/b", ["deep", "shared", "top", "middle", "above"]],
  ["a/b/c", ["deep", "shared", "top", "middle", "above"]],
  ["ab", ["top", "beside", "above"]],
  ["..", ["top", "above"]],
])("%j", (dir, names) => {
  expect([...dependenciesOf(found)(dir)]).toEqual(names);
});
