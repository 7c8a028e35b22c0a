import { expect, test } from "vitest";
import { library } from "../../src/model/library.ts";
import { clashes, librariesByPackage } from "../../src/languages/libraries.ts";

test("tables of one package are put together", () => {
  const client = library({
    id: "a",
    packages: ["p"],
    exports: { default: { value: "A" }, get: { value: "Get" } },
    types: { A: { members: { get: { returns: "value" } } }, Get: {} },
  });
  const server = library({
    id: "b",
    packages: ["p", "q"],
    exports: { default: { value: "B" } },
    types: { B: { members: { listen: { returns: "same" } } } },
  });
  const found = librariesByPackage([client, server]);
  expect(found.get("q")).toBe(server);
  const both = found.get("p");
  const type = both?.types[both.exports["default"]?.value ?? ""];
  expect(Object.keys(type?.members ?? {})).toEqual(["get", "listen"]);
  expect(both?.exports["get"]).toEqual({ value: "Get" });
});

test("no two tables of one package share the name of a type", () => {
  expect(clashes()).toEqual([]);
});

test("the runtime's names come from several tables", () => {
  const exports = librariesByPackage().get("global")?.exports ?? {};
  for (const name of ["fetch", "setTimeout", "console", "process"]) expect(exports[name]).toBeDefined();
});
