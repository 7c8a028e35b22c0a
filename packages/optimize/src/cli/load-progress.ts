/** A load run as it goes: one line that redraws itself on a terminal, else a line every ten seconds. */
import type { LoadProgress } from "../load/run.ts";
import { countText, partText, timeText } from "../reporters/layout/units.ts";
import type { Terminal } from "./terminal.ts";

const betweenLines = 10;

export function loadProgress(terminal: Terminal): { readonly show: (progress: LoadProgress) => void; readonly clear: () => void } {
  let visible = false;
  let next = betweenLines;
  return {
    show: (progress) => {
      const line = lineOf(progress);
      if (terminal.errIsTerminal) {
        visible = true;
        terminal.err(`\r\u001b[K${line.slice(0, Math.max(10, terminal.columns - 1))}`);
      } else if (progress.at >= next) {
        next += betweenLines;
        terminal.err(`optimize: ${line}\n`);
      }
    },
    clear: () => {
      if (visible) terminal.err("\r\u001b[K");
      visible = false;
    },
  };
}

function lineOf({ at, planned, rate, p50, p99, total, totalFailed, open }: LoadProgress): string {
  const filled = planned > 0 ? Math.min(10, Math.round((at / planned) * 10)) : 0;
  const parts = [
    `${"#".repeat(filled)}${"-".repeat(10 - filled)} ${Math.min(planned, Math.round(at))}/${Math.round(planned)} s`,
    `${countText(rate)}/s`,
    ...(p50 === undefined ? [] : [`p50 ${timeText(p50)}`, `p99 ${timeText(p99 ?? p50)}`]),
    `failed ${total === 0 ? "0" : partText(totalFailed / total)}`,
    `open ${countText(open)}`,
  ];
  return parts.join("  ");
}
