/** A stranger's repository: names that steer terminals, links that lead out, folders without end, literals like bombs. Its outputs are inert. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../src/cli/dispatch.ts";
import { fakeTerminal } from "./cli/fake-terminal.ts";

const evil = "\u001b[31m\u001b]0;owned\u0007<img src=x onerror=alert(1)>[click](https://evil.example)\u202e";
const secret = "a text outside of the repository";

let top = "";
let root = "";

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** One likely finding, whose words are the repository's own. */
const slow = `import express from "express";
import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
const app = express();
app.get("/orders${evil.replaceAll("\\", "")}", async (req, res) => {
  for (const order of await prisma.order.findMany({ take: 200 })) {
    await prisma.customer.findFirst({ where: { id: order.customerId } }); /* ${evil} \`\`\`\`\` </script> */
  }
  res.end();
});
`;

beforeAll(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), "optimize-test-")));
  const outside = join(top, "outside");
  mkdirSync(outside);
  writeFileSync(join(outside, "secret.ts"), `export const secret = "${secret}";`);
  root = join(top, "repository");
  mkdirSync(root);
  write("package.json", JSON.stringify({ name: evil, dependencies: { express: "*", "@prisma/client": "*" } }));
  write(`src/${evil.replaceAll("/", "_")}.ts`, slow);
  write("src/new\nline::error file=x::y.ts", slow.replace("/orders", "/b"));
  write("src/`code` & <b>|x|.ts", slow.replace("/orders", "/c"));
  // Links out of the repository, to itself, and to nothing.
  symlinkSync(join(outside, "secret.ts"), join(root, "src/out.ts"));
  symlinkSync(outside, join(root, "src/outside"));
  symlinkSync(root, join(root, "src/again"));
  symlinkSync(join(root, "nowhere"), join(root, "src/nowhere.ts"));
  // Folders without end.
  write(`${"deep/".repeat(150)}a.ts`, "export const a = 1;\n");
  for (let i = 0; i < 1500; i++) write(`many/${String(i)}.ts`, "export {};\n");
  // Literals like bombs, of both languages.
  write("src/nested.ts", `export const a = ${"[".repeat(100_000)}`);
  write("src/nested.py", `a = ${"(".repeat(100_000)}`);
  write(
    "src/doubled.ts",
    `const a0 = "${"x".repeat(1000)}";\n${Array.from({ length: 60 }, (_, i) => `const a${String(i + 1)} = a${String(i)} + a${String(i)};`).join("\n")}\n`,
  );
  write(
    "src/doubled.py",
    `a0 = [0]\n${Array.from({ length: 60 }, (_, i) => `a${String(i + 1)} = a${String(i)} + a${String(i)} * 99999999`).join("\n")}\n`,
  );
  write("src/numbers.ts", `export const n = ${"9".repeat(200_000)}n; export const r = /${"(a|b?)+".repeat(2000)}/;\n`);
  write("src/line.js", `${"a+".repeat(400_000)}a;\n`);
});

afterAll(() => rmSync(top, { recursive: true, force: true }));

async function output(format: string): Promise<string> {
  const terminal = fakeTerminal({ cwd: root });
  const code = await main(["scan", "--format", format, "--all", "--no-cache"], terminal);
  expect(code).toBe(0);
  return terminal.printed() + terminal.errors();
}

// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe("a hostile repository", () => {
  it.each(["text", "compact", "markdown", "json", "sarif", "github", "gitlab", "junit"])(
    "has nothing in its %s that steers a terminal",
    async (format) => {
      const out = await output(format);
      expect(out).toContain("db/n-plus-one");
      expect(out).not.toMatch(controls);
      expect(out).not.toContain(secret);
    },
  );

  it("has no markup of its own in the report", async () => {
    const out = await output("markdown");
    const outsideCode = out.replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, "").replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "");
    expect(outsideCode).not.toMatch(/<(?:img|b|script)|(?<!\\)\]\(|https:\/\//);
  });

  it("begins no second command in annotations, and no second line", async () => {
    const lines = (await output("github")).trimEnd().split("\n");
    expect(lines.every((line) => /^::(?:error|warning|notice) file=[^,]*,line=\d+/.test(line) || line.startsWith("optimize"))).toBe(true);
  });

  it("names files so that a link to them stays inside", async () => {
    const { runs } = JSON.parse((await output("sarif")).replace(/\noptimize:[\s\S]*$/, "")) as {
      runs: { results: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[] }[];
    };
    const uris = runs[0]?.results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri ?? "") ?? [];
    expect(uris).toHaveLength(3);
    for (const uri of uris) {
      expect(new URL(uri, "file:///repository/").href).toMatch(/^file:\/\/\/repository\/src\/[^?#]+$/);
      expect(existsSync(join(root, decodeURIComponent(uri)))).toBe(true);
    }
  });

  it("gets a document of suggestions with one mark for each finding, and keeps it where it belongs", async () => {
    const terminal = fakeTerminal({ cwd: root });
    expect(await main(["suggestions", "--no-cache"], terminal)).toBe(0);
    const text = readFileSync(join(root, ".optimize/suggestions.md"), "utf8");
    expect(text.match(/^<!-- optimize:[0-9a-f]+ -->$/gm)).toHaveLength(3);
    expect(text).not.toMatch(controls);
  });
});
