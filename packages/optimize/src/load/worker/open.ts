/** Open model: iterations begin when the schedule says so, however slow the answers are. */
import { arrivals } from "../arrivals.ts";
import { add, unitsPerMillisecond, workerCell } from "../recording.ts";
import { record } from "../../model/histogram.ts";
import type { Engine } from "./engine.ts";
import { Pacer, type Waiting } from "./pacing.ts";
import type { Driver, Share } from "./driver.ts";

/** So late that a core which computes only to wait is doing harm: somebody else needs it. Milliseconds. */
const crowded = 1;

export function openDriver(engine: Engine, share: Share, waiting: Waiting, onSent: () => void): Driver {
  const { plan, record: figures } = engine;
  if (plan.executor.kind !== "arrivals") throw new Error("no open model");
  const next = arrivals(plan.executor.stages, plan.executor.poisson, plan.seed, share);
  const most = Math.ceil(plan.mostRequests / share.of);
  let begun = Infinity;
  let arrival = next();
  let [sent, lates, turns] = [0, 0, 0];
  const turn = (now: number): number => {
    while (begun + arrival.at <= now) {
      const intended = begun + arrival.at;
      const late = now - intended;
      record(figures.lag, late * unitsPerMillisecond);
      turns++;
      if (late > crowded) lates++;
      add(figures.counts, workerCell.scheduled);
      engine.begin(arrival.index, intended, now);
      if (++sent >= most) return finish();
      arrival = next();
    }
    return arrival.at === Infinity ? finish() : begun + arrival.at;
  };
  const finish = (): number => {
    onSent();
    return Infinity;
  };
  const pacer = new Pacer(turn, waiting);
  return {
    start: (at) => {
      begun = at;
      pacer.start();
    },
    beat: () => {
      figures.counts[workerCell.spun] = pacer.spun;
      if (pacer.waiting === "spin" && turns > 20 && lates > turns / 20) pacer.waiting = "nap";
      [turns, lates] = [0, 0];
    },
    stop: (now) => {
      pacer.stop();
      // What was due until now and was not begun is missing, whoever stopped the run.
      for (; begun + arrival.at <= now && sent < most; arrival = next(), sent++) add(figures.counts, workerCell.scheduled);
    },
  };
}
