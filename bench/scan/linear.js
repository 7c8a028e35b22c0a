/** Whether a file of a large tree costs what a file of a small one costs: one cold scan of each. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { valueFigure } from "../figures.js";
import { measure } from "./process.js";
import { writeTree } from "./tree.js";

/** Ten times the files may cost a quarter more each: lists grow, and the collector looks through more. */
const most = 1.25;
const unit = "ratio of CPU seconds per file";

/**
 * @param {{ command: string, own: string, files: number, print: (line: string) => void }} options
 * @returns {import("../figures.js").Figure[]}
 */
export function linearFigures({ command, own, files, print }) {
  if (files <= 0) return [];
  try {
    const [small, large] = [files / 10, files].map((count) => {
      const tree = join(own, "linear");
      const written = writeTree(tree, count);
      const { cpu, memory } = measure([process.execPath, command, "scan", "--format", "json", "--no-cache"], tree, [0]);
      rmSync(tree, { recursive: true, force: true });
      print(`  ${written.files} files: ${cpu.toFixed(1)} s CPU, ${memory.toFixed(0)} MB`);
      return { perFile: cpu / written.files, memory, files: written.files };
    });
    if (small === undefined || large === undefined) return [];
    const note = `${large.files} generated files beside ${small.files}; one run each; ${large.memory.toFixed(0)} MB at its peak`;
    return [valueFigure("linear", unit, [large.perFile / small.perFile], note, most)];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [{ name: "linear", value: null, unit, goal: `<= ${most}`, holds: false, note: why }];
  }
}
