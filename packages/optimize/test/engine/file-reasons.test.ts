import { describe, expect, it } from "vitest";
import { nameReason } from "../../src/engine/file-reasons.ts";

describe("names of files", () => {
  it.each(["jest.config.ts", "vitest.workspace.ts", "cypress-setup.js", "jestSetup.ts", "orders.test.ts"])(
    "%s belongs to tests",
    (name) => {
      expect(nameReason(name)).toBe("tests");
    },
  );

  it.each(["playwright.ts", "jest.js", "cypress.tsx", "playwrights.ts"])("%s is a source that is called like a tool", (name) => {
    expect(nameReason(name)).toBeUndefined();
  });
});
