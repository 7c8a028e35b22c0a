import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/dispatch.ts";
import { temporaryFolder } from "../temporary.ts";
import { fakeTerminal } from "./fake-terminal.ts";

async function add(cwd: string, ...args: string[]) {
  const terminal = fakeTerminal({ cwd });
  const code = await main(["add", ...args], terminal);
  return { code, out: terminal.printed(), err: terminal.errors() };
}

const text = (folder: string, path: string) => readFileSync(join(folder, path), "utf8");
const json = JSON.stringify;

describe("optimize add", () => {
  it("lists the recipes, and without one says so by its exit code", async () => {
    const folder = temporaryFolder();
    expect(await add(folder, "--list")).toMatchObject({ code: 0, err: "" });
    const { code, out } = await add(folder);
    expect(code).toBe(2);
    expect(out).toContain("concurrency");
  });

  it("writes CommonJS with the runner that the project has, below src", async () => {
    const folder = temporaryFolder({ "package.json": json({ devDependencies: { jest: "30" } }), "src/app.js": "" });
    const { code, out } = await add(folder, "retry");
    expect(code).toBe(0);
    expect(out).toContain("npx jest src/performance/retry.test.js");
    expect(text(folder, "src/performance/retry.test.js")).toContain('const { test } = require("@jest/globals");');
    expect(text(folder, "src/performance/retry.js")).toContain('require("./waiting.js")');
    expect(text(folder, "src/performance/retry.js")).toContain("module.exports = { retry, backoff, withTimeout, createRetryBudget };");
  });

  it("writes TypeScript with the extension that its settings ask for", async () => {
    const module = temporaryFolder({ "package.json": json({ type: "module", devDependencies: { vitest: "4" } }), "tsconfig.json": "{}" });
    expect((await add(module, "retry")).out).toContain("npm install @types/node");
    expect(text(module, "performance/retry.ts")).toContain('from "./waiting.js"');
    const common = temporaryFolder({ "package.json": "{}", "tsconfig.json": "{}" });
    await add(common, "retry");
    expect(text(common, "performance/retry.ts")).toContain('from "./waiting"');
    const own = temporaryFolder({
      "package.json": "{}",
      "tsconfig.json": '{ "compilerOptions": { "allowImportingTsExtensions": true, } }',
    });
    await add(own, "retry");
    expect(text(own, "performance/retry.ts")).toContain('from "./waiting.ts"');
  });

  it("uses the library that the project has, or the one that is named, and says what to install", async () => {
    const folder = temporaryFolder({ "package.json": json({ type: "module", dependencies: { "p-limit": "7" } }), "pnpm-lock.yaml": "" });
    expect((await add(folder, "concurrency")).out).toContain("Written with p-limit, which the project has.");
    const { out } = await add(folder, "cache", "--library", "lru-cache", "--to", "lib");
    expect(out).toContain("pnpm add lru-cache");
    expect(text(folder, "lib/cache.js")).toContain('from "lru-cache"');
    expect((await add(folder, "concurrency", "--library", "none", "--to", "own")).out).not.toContain("Written with");
    expect(await add(folder, "cache", "--library", "node-cache")).toMatchObject({
      code: 2,
      err: expect.stringContaining("bentocache, cacheable, lru-cache") as string,
    });
  });

  it("does not write what cannot be required into a project of CommonJS", async () => {
    const folder = temporaryFolder({ "package.json": json({ dependencies: { "p-map": "7" } }) });
    const { out } = await add(folder, "concurrency");
    expect(out).toContain("Not with p-map: p-map can only be imported as a module");
    expect(text(folder, "performance/concurrency.js")).not.toContain("p-map");
    expect((await add(folder, "concurrency", "--library", "p-map")).code).toBe(2);
  });

  it("fits Python: its runner, what it depends on, and refuses what makes no sense there", async () => {
    const django = temporaryFolder({ "manage.py": "", "requirements.txt": "django>=5\npytest\n" });
    expect((await add(django, "batch")).out).toContain("python -m pytest performance/test_batched_queryset.py");
    const plain = temporaryFolder({ "pyproject.toml": '[project]\nname = "x"\ndependencies = ["fastapi"]\n' });
    expect(await add(plain, "batch")).toMatchObject({ code: 2, err: expect.stringContaining("does not fit") as string });
    const { out } = await add(plain, "queue");
    expect(out).toContain("python -m pip install celery");
    expect(out).toContain("python -m unittest discover -s performance -p test_background_job.py");
    expect(await add(plain, "compress")).toMatchObject({ code: 2 });
  });

  it("asks which language is meant when there are two", async () => {
    const folder = temporaryFolder({ "package.json": "{}", "requirements.txt": "flask\n" });
    expect(await add(folder, "stream")).toMatchObject({ code: 2, err: expect.stringContaining("--language") as string });
    expect((await add(folder, "stream", "--language", "python")).code).toBe(0);
    expect((await add(folder, "compress")).code).toBe(0);
    expect(await add(temporaryFolder(), "stream")).toMatchObject({ code: 2, err: expect.stringContaining("neither a project") as string });
  });

  it("writes nothing over, nothing half, and nothing outside", async () => {
    const folder = temporaryFolder({ "package.json": "{}", "performance/retry.js": "// mine" });
    expect(await add(folder, "retry")).toMatchObject({ err: expect.stringContaining("performance/retry.js is there already") as string });
    expect(existsSync(join(folder, "performance/waiting.js"))).toBe(false);
    expect(text(folder, "performance/retry.js")).toBe("// mine");
    expect((await add(folder, "compress", "--dry-run")).out).toContain("would write  performance/compress.js");
    expect(existsSync(join(folder, "performance/compress.js"))).toBe(false);
    for (const to of ["../x", "/tmp", "a/../../x"]) expect((await add(folder, "compress", "--to", to)).code).toBe(2);
    const elsewhere = temporaryFolder();
    symlinkSync(elsewhere, join(folder, "link"));
    expect((await add(folder, "compress", "--to", "link")).err).toContain("outside");
    expect(existsSync(join(elsewhere, "compress.js"))).toBe(false);
    expect((await add(folder, "compress")).code).toBe(0);
    expect((await add(folder, "compress")).out).toContain("is there    performance/compress.js");
  });

  it("names what was perhaps meant", async () => {
    expect((await add(temporaryFolder(), "cashe")).err).toContain("did you mean cache?");
  });

  it("is named where a rule is explained", async () => {
    const terminal = fakeTerminal();
    await main(["explain", "async/unbounded-concurrency"], terminal);
    expect(terminal.printed()).toContain("- Python: `optimize add concurrency`");
  });
});
