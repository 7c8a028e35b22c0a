/**
 * The half that was labelled before any of it ran: its programs have to end well under observation. What share of the labels is met is
 * printed, not asked for; README.md of the programs names what is missed.
 */
import { blind, programs } from "../programs/labels.js";
import { backendsOf, missing } from "../programs/run.js";
import { filled, kinds } from "./filled.js";
import { expect } from "./harness.js";
import { judge } from "./judged.js";

const half = programs(blind);

export const blindChecks = [
  [
    `the ${half.length} programs that were labelled unseen end well under observation`,
    async () => {
      const chosen = half.filter((program) => missing(program) === undefined);
      if (chosen.length === 0) return missing(half[0]);
      const { addresses } = await filled([...new Set(chosen.flatMap(backendsOf))].filter((kind) => kinds[kind] !== undefined));
      const result = await judge(chosen, addresses);
      const [hits, missed, wrong] = [result.hits.length, result.missed.length, result.false.length];
      for (const one of result.missed) console.log(`         not at its line: ${one}`);
      for (const one of result.false) console.log(`         not labelled:    ${one}`);
      console.log(
        `         labelled unseen: ${hits} of ${hits + missed} at the exact line, ${wrong} of ${hits + wrong} conclusions not labelled`,
      );
      expect(result.failed.length === 0, "all end well", result.failed);
      return undefined;
    },
  ],
];
