/** Two versions under the same load, in turns: a verdict a metric, by runs and never by requests. */
import type { LoadComparison, Measured } from "../model/load-search.ts";
import { compareAll, smallestEffects, turns } from "../model/statistics.ts";

export interface Side {
  readonly name: string;
  /** One run of the round. Undefined when it says nothing: the generator was too weak. */
  readonly run: (round: number) => Promise<Measured | undefined>;
}

const effects: Readonly<Record<string, number>> = { p50: smallestEffects.median, p99: smallestEffects.tail, cpu: smallestEffects.cpu };

/** Runs both sides in turns for so many rounds, the order turned each time. */
export async function compareSides(
  before: Side,
  after: Side,
  rounds: number,
  isStopped: () => boolean = () => false,
): Promise<LoadComparison> {
  const pairs: (readonly [Measured, Measured])[] = [];
  let invalid = 0;
  for (const [round, turn] of turns([before, after], rounds).entries()) {
    const found = new Map<Side, Measured | undefined>();
    for (const side of turn) {
      if (isStopped()) break;
      found.set(side, await side.run(round));
    }
    const [one, other] = [found.get(before), found.get(after)];
    if (isStopped()) break;
    if (one === undefined || other === undefined) invalid++;
    else pairs.push([one, other]);
  }
  return { ...judgePairs(pairs), pairs: pairs.length, invalid };
}

/** The verdict on all metrics that every run could tell. Slower in one is slower; faster only when nothing is slower. */
export function judgePairs(pairs: readonly (readonly [Measured, Measured])[]): Pick<LoadComparison, "outcome" | "verdicts"> {
  const names = Object.keys(pairs[0]?.[0] ?? {}).filter((name) =>
    pairs.every(([one, other]) => (one[name] ?? 0) > 0 && (other[name] ?? 0) > 0),
  );
  const metrics = Object.fromEntries(
    names.map((name) => [
      name,
      {
        pairs: { before: pairs.map(([one]) => one[name] ?? NaN), after: pairs.map(([, other]) => other[name] ?? NaN) },
        comparison: { smallestEffect: effects[name] ?? smallestEffects.median },
      },
    ]),
  );
  const verdicts = compareAll(metrics);
  const outcomes = Object.values(verdicts).map(({ outcome }) => outcome);
  const outcome = outcomes.includes("slower")
    ? "slower"
    : outcomes.includes("faster")
      ? "faster"
      : outcomes.length > 0 && outcomes.every((one) => one === "same")
        ? "same"
        : "inconclusive";
  return { outcome, verdicts };
}
