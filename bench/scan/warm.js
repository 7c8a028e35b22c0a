/** What a scan costs that finds its last survey in `.optimize`: nothing changed, and one function of one file changed. */
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { valueFigure } from "../figures.js";
import { measure } from "./process.js";
import { writeTree } from "./tree.js";

/** What is added to one file: a route more, so that nothing of the old answer can be given again as it is. */
const change = `
router.get("/one-more", async (req, res) => {
  res.json(await service.find(String(req.query["id"])));
});
`;

/**
 * @param {{ command: string, own: string, files: number, rounds: number, print: (line: string) => void }} options
 * @returns {import("../figures.js").Figure[]}
 */
export function warmFigures({ command, own, files, rounds, print }) {
  const tree = join(own, "warm");
  const written = writeTree(tree, files);
  const scan = (/** @type {string[]} */ ...flags) => measure([process.execPath, command, "scan", ...flags], tree, [0]);
  const cold = scan("--format", "json");
  print(`  ${written.files} files, cold: ${cold.cpu.toFixed(2)} s CPU`);
  const changed = join(tree, "src", "retailOrder0", "routes.ts");
  const before = readFileSync(changed);
  /** @type {{ json: number[], text: number[], more: number[] }} */
  const measured = { json: [], text: [], more: [] };
  for (let round = 0; round <= rounds; round++) {
    const json = scan("--format", "json");
    const text = scan();
    print(`  unchanged: ${json.cpu.toFixed(2)} s CPU as JSON, ${text.cpu.toFixed(2)} s as text, ${json.memory.toFixed(0)} MB`);
    if (round === 0) continue;
    measured.json.push(json.cpu);
    measured.text.push(text.cpu);
  }
  // A change costs a whole scan as long as one file's facts cannot be followed alone: once is enough to say so.
  appendFileSync(changed, change);
  const one = scan("--format", "json");
  writeFileSync(changed, before);
  print(`  one file changed: ${one.cpu.toFixed(2)} s CPU`);
  measured.more.push(one.cpu - Math.min(...measured.json));
  const note = `${written.files} generated files, ${(written.bytes / 1e6).toFixed(0)} MB`;
  return [
    valueFigure("warm-cpu", "seconds", measured.json, `nothing changed, as JSON; ${note}`, 0.8),
    valueFigure("warm-text-cpu", "seconds", measured.text, `nothing changed, as text; ${note}`, 0.8),
    valueFigure("one-file-changed", "seconds more than warm", measured.more, `a route added to one file; ${note}; one run`, 0.1),
  ];
}
