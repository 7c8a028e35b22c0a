/** `optimize measure` as a real process: what passes through, and what is concluded of the labelled programs that can run here. */
import { programs } from "../programs/labels.js";
import { backendsOf, missing } from "../programs/run.js";
import { filled, kinds } from "./filled.js";
import { expect, folderOf, optimize } from "./harness.js";
import { judge } from "./judged.js";

const node = process.execPath;
/** Counts and places hold on any machine; milliseconds do not. */
const counted = / (?:n\+1|duplicate-statement|sync-in-request) /;

export const measureChecks = [
  [
    "measure passes output and exit code through, and says first that nothing was seen",
    async () => {
      const folder = folderOf({ "a.js": "export const a = 1;\n" });
      const { code, out, err } = await optimize(["measure", "--", node, "-e", "console.log('said'); process.exit(7)"], { cwd: folder });
      expect(code === 7 && out === "said\n", "both are the command's", { code, out });
      expect(
        err.split("\n").some((line) => line.startsWith("optimize: no request and no statement was seen")),
        "it is said",
        err,
      );
    },
  ],
  [
    "measure gives 4 and one clear line for a command that is not there",
    async () => {
      const { code, err } = await optimize(["measure", "--", "./no-such-command"], { cwd: folderOf() });
      expect(code === 4 && err.includes("cannot start ./no-such-command: there is no such program"), "it says why", { code, err });
    },
  ],
  [
    "measure sends signals on and waits for the command's own end",
    async () => {
      const program = "process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000); console.log('ready');";
      const { code } = await optimize(["measure", "--no-scan", "--", node, "-e", program], {
        cwd: folderOf(),
        during: (child) => child.stdout.once("data", () => child.kill("SIGTERM")),
      });
      expect(code === 5, "the command decides", code);
    },
  ],
  [
    "measure gives 128 + the signal that ended the command, and keeps what it saw",
    async () => {
      const program = "console.log('ready'); setInterval(() => {}, 1000);";
      const { code, err } = await optimize(["measure", "--no-scan", "--", node, "-e", program], {
        cwd: folderOf(),
        during: (child) => child.stdout.once("data", () => child.kill("SIGTERM")),
      });
      expect(code === 143 && err.includes("Saved  .optimize/evidence/"), "it is saved", { code, err });
    },
  ],
  ...programs()
    .filter(({ labels }) => labels.expect.some(({ kind }) => counted.test(` ${kind} `)) || labels.expect.length === 0)
    .map((program) => [
      `program ${program.name} is measured as labelled`,
      async () => {
        const why = missing(program);
        if (why !== undefined) return why;
        // On real servers where there are some.
        const { addresses } = await filled(backendsOf(program).filter((kind) => kinds[kind] !== undefined));
        const { missed, false: wrong, failed } = await judge([program], addresses);
        expect(failed.length === 0, "it runs under observation", failed);
        const said = [...missed.map((one) => `missed ${one}`), ...wrong.map((one) => `false ${one}`)].filter((one) => counted.test(one));
        expect(said.length === 0, "as labelled", said);
        return undefined;
      },
    ]),
];
