import { describe, expect, it } from "vitest";
import { readArguments, type Signature } from "../../src/cli/args.ts";

const signature: Signature = {
  name: "scan",
  positionals: ["[path]"],
  flags: {
    all: { type: "boolean", help: "" },
    format: { type: "string", choices: ["text", "json"], help: "" },
    rule: { type: "string", multiple: true, help: "" },
    changed: { type: "optional", value: "ref", help: "" },
  },
};
const read = (...argv: string[]): ReturnType<typeof readArguments> => readArguments(argv, signature, (text) => text === "src");

describe("arguments", () => {
  it("reads flags, values, lists and positionals in any order", () => {
    const args = read("src", "--rule", "db/a,db/b", "--all", "--rule=io/c", "--format", "json");
    expect(args.positionals).toEqual(["src"]);
    expect(args.has("all")).toBe(true);
    expect(args.text("format")).toBe("json");
    expect(args.list("rule")).toEqual(["db/a", "db/b", "io/c"]);
    expect(args.text("changed")).toBeUndefined();
  });

  it.each([
    [["--changed"], true, undefined, []],
    [["--changed", "main"], true, "main", []],
    [["--changed", "src"], true, undefined, ["src"]],
    [["--changed", "main", "src"], true, "main", ["src"]],
    [["--changed=src"], true, "src", []],
    [["--changed", "--all"], true, undefined, []],
    [["src"], false, undefined, ["src"]],
  ])("takes an optional value only where it is one: %j", (argv, has, value, positionals) => {
    const args = read(...argv);
    expect([args.has("changed"), args.text("changed"), args.positionals]).toEqual([has, value, positionals]);
  });

  it.each([
    [["--formt", "json"], "there is no option --formt; did you mean --format?"],
    [["-x"], "there is no option -x"],
    [["--toString"], "there is no option --toString"],
    [["--format", "jsn"], '--format is one of text, json, not "jsn"; did you mean json?'],
    [["--format"], "--format needs a value: <text|json>"],
    [["--format="], "--format needs a value: <text|json>"],
    [["--rule", "--all"], "--rule needs a value: <value> (write --rule=--all when it begins with a dash)"],
    [["--all=yes"], "--all takes no value"],
    [["a", "b"], '"b" is one argument too many'],
  ])("refuses %j", (argv, message) => {
    expect(() => read(...argv)).toThrow(message);
  });

  it("names a missing argument", () => {
    expect(() => readArguments([], { ...signature, positionals: ["<ref>", "[path]"] }, () => false)).toThrow("<ref> is missing");
  });
});
