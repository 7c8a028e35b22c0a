import { expect, it } from "vitest";
import { nestedRepositories } from "../../src/engine/nested-repository.ts";
import { temporaryFolder } from "../temporary.ts";

it("knows which files belong to a submodule or a clone inside the project", () => {
  const root = temporaryFolder({
    ".git/HEAD": "",
    "src/a.ts": "",
    "libs/sub/.git": "gitdir: ../../.git/modules/sub",
    "libs/sub/src/b.ts": "",
  });
  const repositoryOf = nestedRepositories(root);
  expect(["a.ts", "src/a.ts", "libs/sub/src/b.ts", "libs/sub/c.ts", "libs/d.ts", "../e.ts"].map(repositoryOf)).toEqual([
    undefined,
    undefined,
    "libs/sub",
    "libs/sub",
    undefined,
    undefined,
  ]);
});
