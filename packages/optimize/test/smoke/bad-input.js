/** What a hostile or broken project holds: each ends in one clear line, and the rest of the project is read all the same. */
import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, folderOf, optimize, scanned } from "./harness.js";

const manifest = JSON.stringify({ name: "shop", dependencies: { express: "5.0.0", pg: "8.0.0" } });
/** A service with one query per order on a route. */
export const service = `import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const app = express();

app.get("/orders", async (_request, response) => {
  const { rows: orders } = await pool.query("select id, customer_id from orders");
  for (const order of orders) {
    const { rows } = await pool.query("select name from customers where id = $1", [order.customer_id]);
    order.customer = rows[0];
  }
  response.json(orders);
});

app.listen(3000);
`;

export const project = (files) => folderOf({ "package.json": manifest, "src/service.ts": service, ...files });

/** The service's finding is there: whatever else the folder holds lost nothing. */
export function expectService(run, line = 10) {
  const found = run.findings.filter(({ rule, site }) => rule === "db/n-plus-one" && site.file === "src/service.ts");
  expect(found.length === 1 && found[0].site.line === line, "the service's n+1 is found", run.findings);
}

export function expectFailure(run, file, codes) {
  const failure = run.failures.find((row) => row.file === file);
  expect(failure !== undefined && codes.includes(failure.code), `${file} is named as ${codes.join(" or ")}`, run.failures);
  expect(!failure.message.includes("\n"), "the message is one line", failure);
}

export const inSource = (files) => Object.fromEntries(Object.entries(files).map(([name, text]) => [`src/${name}`, text]));

export const n = 12_000;

/** So many units, in lines as people write them: one endless line would be skipped as minified before anything parses it. */
export const many = (unit, count = n) => Array.from({ length: count }, (_, index) => (index % 30 === 29 ? `${unit}\n` : unit)).join("");
const chain = (unit) => many(unit, 4 * n);

const nestings = {
  "round.ts": `export const x = ${many("(")}1${many(")")};\n`,
  "square.ts": `export const x = ${many("[")}1${many("]")};\n`,
  "curly.ts": `export const x = ${many("{a:")}1${many("}")};\n`,
  "blocks.ts": `${many("{")}${many("}")}\n`,
  "generics.ts": `export type X = ${many("Array<")}string${many(">")};\n`,
  "templates.ts": `export const x = ${many("`${")}1${many("}`")};\n`,
  "elements.tsx": `export const x = ${many("<a>")}${many("</a>")};\n`,
  "calls.ts": `export const x = ${many("f(")}1${many(")")};\n`,
  "callbacks.ts": `${many("f(() => {")}${many("});")}\n`,
  "unclosed.ts": many("["),
};

const chains = {
  "plus.ts": `export const x = ${chain("1+")}1;\n`,
  "power.ts": `export const x = ${chain("2**")}1;\n`,
  "logic.ts": `export const x = ${chain("a&&")}a;\n`,
  "not.ts": `export const x = ${chain("!")}1;\n`,
  "typeof.ts": `export const x = ${chain("typeof ")}1;\n`,
  "await.ts": `export const x = ${chain("await ")}1;\n`,
  "members.ts": `export const x = a${chain(".b")};\n`,
  "chained.ts": `export const x = a${chain(".b()")};\n`,
  "conditions.ts": `export const x = ${chain("a?b:")}c;\n`,
  "assignments.ts": `let a;\n${chain("a=")}1;\n`,
  "arrows.ts": `export const x = ${chain("a=>")}1;\n`,
  "else-if.ts": `${many("if(a);else ")};\n`,
  "labels.ts": `${Array.from({ length: n }, (_, index) => `l${index}:${index % 30 === 29 ? "\n" : ""}`).join("")};\n`,
  "unions.ts": `export type X = ${chain("a|")}b;\n`,
  "keyof.ts": `export type X = ${chain("keyof ")}a;\n`,
  "array-types.ts": `export type X = a${chain("[]")};\n`,
  "conditional-types.ts": `export type X = ${many("a extends b?c:")}d;\n`,
  "casts.ts": `export const x = 1${chain(" as a")};\n`,
  "nulls.ts": `export const x = a${chain("!")};\n`,
  "commas.ts": `export const x = (1${chain(",1")});\n`,
};

export const badInput = [
  [
    "broken syntax is named and the rest is read",
    async () => {
      const { run } = await scanned(project({ "src/broken.ts": "export const = ;\n" }));
      expectFailure(run, "src/broken.ts", ["syntax"]);
      expectService(run);
    },
  ],
  [
    "invalid UTF-8 is named",
    async () => {
      const { run } = await scanned(
        project({ "src/latin.ts": Buffer.from([0x2f, 0x2f, 0xe9, 0xff, 0x0a]), "src/binary.ts": Buffer.from([0, 1, 2, 3]) }),
      );
      expectFailure(run, "src/latin.ts", ["not-text"]);
      expectFailure(run, "src/binary.ts", ["not-text"]);
      expectService(run);
    },
  ],
  [
    "a byte order mark and CRLF change no line",
    async () => {
      const { run } = await scanned(project({ "src/service.ts": `\ufeff${service.replaceAll("\n", "\r\n")}` }));
      expectService(run);
      expect(run.failures.length === 0, "nothing failed", run.failures);
    },
  ],
  [
    "an empty file is read",
    async () => {
      const { run } = await scanned(project({ "src/empty.ts": "" }));
      expect(run.failures.length === 0 && run.project.files === 2, "two files are read", run);
    },
  ],
  [
    "a 50 MB file is counted and not read",
    async () => {
      const { run } = await scanned(project({ "src/huge.ts": Buffer.alloc(50 * 1024 * 1024, "const a = 1;\n") }));
      expect(
        run.notLookedAt.some(({ examples }) => examples.includes("src/huge.ts")) || run.failures.some(({ file }) => file === "src/huge.ts"),
        "the file is named",
        run.notLookedAt,
      );
      expectService(run);
    },
  ],
  [
    "nesting of every kind is named, each file for itself",
    async () => {
      const { run } = await scanned(project(inSource(nestings)));
      for (const name of Object.keys(nestings)) expectFailure(run, `src/${name}`, ["too-deep", "syntax"]);
      expectService(run);
    },
  ],
  [
    "operator chains of every kind are read or named, each file for itself",
    async () => {
      const { run } = await scanned(project(inSource(chains)));
      const named = run.failures.filter(
        ({ file, code }) => chains[file.slice(4)] !== undefined && ["too-deep", "syntax"].includes(code),
      ).length;
      expect(run.project.files + named === Object.keys(chains).length + 1, "every file is read or named", {
        files: run.project.files,
        failures: run.failures,
        left: run.notLookedAt,
      });
      expectService(run);
    },
  ],
  [
    "links in circles are not followed",
    async () => {
      const folder = project({});
      symlinkSync(".", join(folder, "src/self"));
      symlinkSync("..", join(folder, "src/up"));
      symlinkSync("b.ts", join(folder, "src/a.ts"));
      symlinkSync("a.ts", join(folder, "src/b.ts"));
      const { run } = await scanned(folder);
      expect(run.project.files === 1, "one file is read", run.project);
      expectService(run);
    },
  ],
  [
    "an unreadable folder is named",
    async () => {
      const folder = project({ "src/closed/a.ts": "export const a = 1;\n" });
      chmodSync(join(folder, "src/closed"), 0);
      let readable = true;
      try {
        readdirSync(join(folder, "src/closed"));
      } catch {
        readable = false;
      }
      if (readable) return "this user can read every folder";
      const { run } = await scanned(folder);
      chmodSync(join(folder, "src/closed"), 0o755);
      expectFailure(run, "src/closed", ["unreadable"]);
      expectService(run);
    },
  ],
  [
    "without git everything works but --changed, which says so",
    async () => {
      const folder = project({});
      expectService((await scanned(folder)).run);
      const { code, out, err } = await optimize(["scan", "--changed", folder]);
      expect(code === 2 && out === "" && err.startsWith("optimize: this is not a git repository"), "exit code 2 and one line", {
        code,
        out,
        err,
      });
    },
  ],
  [
    "no such folder is exit code 2",
    async () => {
      const { code, out, err } = await optimize(["scan", "no-such-folder"]);
      expect(code === 2 && out === "" && err === "optimize: there is no folder no-such-folder\n", "exit code 2 and one line", {
        code,
        out,
        err,
      });
    },
  ],
  [
    "three mistakes in the settings are three lines",
    async () => {
      const { code, err } = await optimize([
        "scan",
        project({ "optimize.config.json": '{ "exclud": [], "failOn": "never", "entryPoints": 3 }' }),
      ]);
      expect(code === 2, "exit code 2", code);
      for (const key of ["exclud", "failOn", "entryPoints"]) expect(new RegExp(`^  ${key}: `, "m").test(err), `${key} is named`, err);
    },
  ],
  [
    "hostile settings and manifests are not run",
    async () => {
      const marker = join(folderOf(), "ran");
      const evil = `require("node:fs").writeFileSync(${JSON.stringify(marker)}, "");`;
      const folder = project({
        "optimize.config.js": evil,
        "optimize.config.cjs": evil,
        "optimize.config.mjs": evil,
        "src/index.js": evil,
        "node_modules/express/index.js": evil,
        ".git/config": `[core]\n\tfsmonitor = touch ${marker}\n\thooksPath = .\n[filter "x"]\n\tsmudge = touch ${marker}\n\tclean = touch ${marker}\n`,
        ".git/HEAD": "ref: refs/heads/main\n",
        ".git/objects/x": "",
        ".git/refs/x": "",
      });
      const { run, err } = await scanned(folder);
      await optimize(["scan", "--changed", folder]);
      expect(!existsSync(marker), "nothing ran");
      expect(err.includes("optimize.config.js is not run"), "it is said", err);
      expectService(run);
    },
  ],
  [
    "Ctrl-C leaves the last good Run whole",
    async () => {
      const many = Object.fromEntries(
        Array.from({ length: 1500 }, (_, index) => [`src/part${index}.ts`, service.replaceAll("order", `order${index}`)]),
      );
      const folder = project(many);
      await scanned(folder);
      const kept = join(folder, ".optimize/run.json");
      const before = readFileSync(kept, "utf8");
      writeFileSync(join(folder, "src/part0.ts"), "export const changed = 1;\n");
      let interrupted = 0;
      for (const delay of [120, 250, 400]) {
        const { code, signal, out } = await optimize(["scan", "--format", "json", folder], {
          during: (child) => setTimeout(() => child.kill("SIGINT"), delay),
        });
        if (code === 130) interrupted += 1;
        expect(code === 130 || code === 0 || signal === "SIGINT", "it ends with 130", { code, signal });
        if (code !== 0) expect(out === "" && readFileSync(kept, "utf8") === before, "nothing is printed and the kept Run is as it was");
        expect(
          readdirSync(join(folder, ".optimize")).every((name) => !name.endsWith(".tmp")),
          "nothing half-written is left",
        );
      }
      expect(interrupted > 0, "at least one scan was interrupted with exit code 130");
    },
  ],
];
