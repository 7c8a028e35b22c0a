import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary.ts";
import { observed } from "./observed.ts";

/** A program that compiles a text in memory and is killed before it can say anything more. */
const loader = (behind: string): string => `const map = { version: 3, sources: ["edited.ts"], names: [], mappings: "AAAA" };
const comment = "//# source" + "MappingURL=data:application/json;base64," + Buffer.from(JSON.stringify(map)).toString("base64");
require("node:vm").runInThisContext("(() => {\\n" + comment + ${JSON.stringify(behind)}, { filename: require("node:path").join(__dirname, "edited.ts") });
setTimeout(() => process.kill(process.pid, "SIGKILL"), 600);`;

describe("code that a loader compiles in memory", () => {
  it.each([
    ["nothing but brackets", "\n})", true],
    ["what a cache knows of it, at any length", `\n\n//# ownCache=${"W3siZmlsZSI6".repeat(40)}\n})`, true],
    ["more code", "\nreturn 1;})", false],
  ])("has its source map known at once when it is followed by %s", async (_, behind, known) => {
    const folder = temporaryFolder({ "main.cjs": loader(behind) });
    const { written } = await observed([process.execPath, "main.cjs"], { cwd: folder });
    expect(written().includes('["map",')).toBe(known);
  });
});
