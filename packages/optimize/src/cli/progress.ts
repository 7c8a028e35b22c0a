import type { Progress } from "../engine/scan.ts";
import { clean } from "../reporters/layout/sanitise.ts";
import type { Terminal } from "./terminal.ts";

const betweenDraws = 80;
const quietFor = 2000;

export interface ProgressLine {
  readonly show: (progress: Progress) => void;
  /** Takes the line away again. */
  readonly clear: () => void;
}

/** Progress on stderr: a line that redraws itself on a terminal, else one line a stage once the work takes longer than two seconds. */
export function progressLine(terminal: Terminal, now: () => number = () => performance.now()): ProgressLine {
  const begun = now();
  let drawn = -Infinity;
  let stage = "";
  let visible = false;
  return {
    show: (progress) => {
      const moment = now();
      if (terminal.errIsTerminal) {
        if (moment - drawn < betweenDraws) return;
        drawn = moment;
        visible = true;
        const count = progress.total > 0 ? ` ${progress.done}/${progress.total}` : "";
        terminal.err(`\r\u001b[K${`${clean(progress.stage)}${count}`.slice(0, Math.max(10, terminal.columns - 1))}`);
        return;
      }
      if (progress.stage === stage || moment - begun < quietFor) return;
      stage = progress.stage;
      terminal.err(`optimize: ${clean(stage)}\n`);
    },
    clear: () => {
      if (visible) terminal.err("\r\u001b[K");
      visible = false;
    },
  };
}
