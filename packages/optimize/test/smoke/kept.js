/** What one scan keeps for the next one. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { service } from "./bad-input.js";
import { expect, folderOf, optimize, scanned } from "./harness.js";

const manifest = '{"name":"shop","dependencies":{"express":"5.0.0","pg":"8.0.0"}}';
const project = () => folderOf({ "package.json": manifest, "src/service.ts": service });
const surveyOf = (folder) => join(folder, ".optimize", "survey");

export const keptChecks = [
  [
    "a second scan says the same, in every format and way of narrowing",
    async () => {
      const folder = project();
      const first = await scanned(folder, "--no-cache");
      expect(first.run.findings.length > 0, "there is a finding");
      expect(!existsSync(surveyOf(folder)), "nothing is kept with --no-cache");
      for (const flags of [[], [], ["--tier", "candidate"], ["--category", "db"], ["--package", "shop"], []]) {
        const { out } = await scanned(folder, ...flags);
        const fresh = await scanned(folder, "--no-cache", ...flags);
        expect(out === fresh.out, `equal with ${flags.join(" ")}`, { out, fresh: fresh.out });
      }
      expect(existsSync(surveyOf(folder)), "a survey is kept");
      for (const format of ["text", "markdown", "compact"]) {
        const withoutTime = ({ out }) => out.replaceAll(/\d+(?:\.\d+)? s\b/g, "");
        const kept = await optimize(["scan", "--format", format, folder]);
        const fresh = await optimize(["scan", "--no-cache", "--format", format, folder]);
        expect(withoutTime(kept) === withoutTime(fresh) && kept.code === 0, `equal as ${format}`, kept);
      }
      expect((await optimize(["scan", "--fail-on", "likely", folder])).code === 1, "a gate fails on what is kept");
    },
  ],
  [
    "a change is seen, and so is its being taken back",
    async () => {
      const folder = project();
      const before = await scanned(folder);
      writeFileSync(join(folder, "src/service.ts"), "export {};\n");
      expect((await scanned(folder)).run.findings.length === 0, "nothing is left");
      writeFileSync(join(folder, "src/service.ts"), service);
      expect((await scanned(folder)).out === before.out, "as before");
    },
  ],
  [
    "a broken survey or Run in the store is made again, a store that cannot be one is told",
    async () => {
      const folder = project();
      const { out } = await scanned(folder);
      for (const file of [surveyOf(folder), join(folder, ".optimize", "run.json")])
        for (const text of ["", "{}", readFileSync(file, "utf8").replaceAll("likely", "proven"), "\0".repeat(5000)]) {
          writeFileSync(file, text);
          const again = await scanned(folder);
          expect(again.out === out, "the true Run", again);
          expect(readFileSync(join(folder, ".optimize", "run.json"), "utf8") === out, "and it is kept");
        }
      rmSync(join(folder, ".optimize"), { recursive: true });
      writeFileSync(join(folder, ".optimize"), "");
      const unkept = await scanned(folder);
      expect(unkept.out === out && unkept.err.includes("the next scan reads everything again"), "said, and scanned", unkept.err);
      rmSync(join(folder, ".optimize"));
      mkdirSync(join(folder, ".optimize"));
    },
  ],
];
