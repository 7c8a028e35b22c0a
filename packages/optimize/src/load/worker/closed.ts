/** Closed model: each user begins an iteration when the last one has ended. */
import { levelAt } from "../arrivals.ts";
import { secondsOf } from "../plan.ts";
import { add, unitsPerMillisecond, workerCell } from "../recording.ts";
import { record } from "../../model/histogram.ts";
import { timerGrain, type Engine } from "./engine.ts";
import type { Driver, Share } from "./driver.ts";

/** A user whom nobody answered tries again after so many milliseconds. */
const pauseAfterNothing = 100;
/** How often users come and go, and how often the thread is asked whether it is late. Milliseconds. */
const beat = 50;

export function closedDriver(engine: Engine, share: Share, onSent: () => void): Driver {
  const { plan, record: figures } = engine;
  const { executor } = plan;
  if (executor.kind === "arrivals") throw new Error("no closed model");
  const most = executor.kind === "iterations" ? executor.iterations : Infinity;
  const mostHere = Math.ceil(plan.mostRequests / share.of);
  let begun = Infinity;
  const state = { stopped: false };
  let index = share.part;
  let [beaten, active, sent] = [0, 0, 0];
  const busy: boolean[] = [];

  const levelOf = (now: number): number => {
    if (executor.kind === "iterations") return executor.users;
    return Math.round(levelAt(executor.stages, (now - begun) / 1000));
  };
  /** User k of this worker is user k * of + part of all. */
  const isWanted = (user: number): boolean => user * share.of + share.part < active;
  const begin = (user: number, now: number): void => {
    if (index >= most || sent >= mostHere) return finish();
    busy[user] = true;
    sent++;
    add(figures.counts, workerCell.scheduled);
    engine.begin(index, now, now, user);
    index += share.of;
  };
  const finish = (): void => {
    if (state.stopped) return;
    state.stopped = true;
    onSent();
  };
  const comeAndGo = (now: number): void => {
    if (state.stopped) return;
    if (now - begun >= secondsOf(executor) * 1000) return finish();
    active = levelOf(now);
    figures.counts[workerCell.users] = Math.ceil(Math.max(0, active - share.part) / share.of);
    for (let user = 0; isWanted(user) && !state.stopped; user++) if (busy[user] !== true) begin(user, now);
  };
  engine.onEnded = ({ user, unanswered }, now) => {
    busy[user] = false;
    if (state.stopped || !isWanted(user) || now - begun >= secondsOf(executor) * 1000) return;
    if (!unanswered) return again(user);
    busy[user] = true;
    setTimeout(() => {
      busy[user] = false;
      if (!state.stopped && isWanted(user)) begin(user, performance.now());
    }, pauseAfterNothing);
  };
  // A response that was complete at once would begin the next iteration within the last one, deeper and deeper.
  let depth = 0;
  const again = (user: number): void => {
    if (depth > 20) {
      busy[user] = true;
      setImmediate(() => begin(user, performance.now()));
      return;
    }
    depth++;
    begin(user, performance.now());
    depth--;
  };
  return {
    start: (at) => {
      setTimeout(
        () => {
          begun = performance.now();
          beaten = begun;
          comeAndGo(begun);
        },
        Math.max(0, at - performance.now()),
      );
    },
    beat: (now) => {
      if (begun > now) return;
      record(figures.lag, Math.max(0, now - beaten - beat - timerGrain) * unitsPerMillisecond);
      beaten = now;
      comeAndGo(now);
    },
    stop: () => void (state.stopped = true),
  };
}
