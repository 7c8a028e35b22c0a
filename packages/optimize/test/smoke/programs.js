/** The labelled programs end well by themselves. Their packages are not installed here: a program that lacks some is not run, and said. */
import { programs } from "../programs/labels.js";
import { runPrograms } from "../programs/run.js";
import { expect } from "./harness.js";

const all = programs();
/** @type {ReturnType<typeof runPrograms> | undefined} */
let running;

export const programChecks = all.map(({ name }) => [
  `program ${name} ends well`,
  async () => {
    const result = (await (running ??= runPrograms(all))).find((one) => one.name === name);
    if (result.status === "not run") return result.why;
    return expect(result.status === "ok", result.why, result.output);
  },
]);
