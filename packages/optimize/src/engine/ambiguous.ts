/** Regular expressions over what was sent, with what is proven of them. */
import type { Ambiguity, Matching } from "../model/local.ts";
import { ambiguityOf, isDoubtful } from "../languages/ambiguity.ts";

/** Milliseconds for all expressions of a scan: a stranger's project may have many that take long. */
const patience = 60_000;

/** Answers by flags and pattern; what is found out is added. */
export type KnownAmbiguities = Map<string, Ambiguity | undefined>;
/** What earlier scans found out, given to `use` and kept with what it adds. */
export type KeptAmbiguities = (use: (known: KnownAmbiguities) => void) => Promise<void>;

/** Of this process. */
const known: KnownAmbiguities = new Map();

/** Asks only about expressions whose text somebody else decides: the check is large, and loaded for them alone. */
export async function withAmbiguity(
  matchings: readonly Matching[],
  kept: KeptAmbiguities = (use) => Promise.resolve(use(known)),
): Promise<readonly Matching[]> {
  const doubtful = new Set(matchings.filter((one) => one.sent && !one.capped && isDoubtful(one.pattern, one.flags)));
  if (doubtful.size === 0) return matchings;
  const found = new Map<Matching, Ambiguity>();
  await kept((answers) => {
    const deadline = performance.now() + patience;
    for (const one of doubtful) {
      const ambiguity = answerOf(one, answers, deadline);
      if (ambiguity !== undefined) found.set(one, ambiguity);
    }
  });
  return matchings.map((one) => {
    const ambiguity = found.get(one);
    return ambiguity === undefined ? one : { ...one, ambiguity };
  });
}

function answerOf({ pattern, flags }: Matching, answers: KnownAmbiguities, deadline: number): Ambiguity | undefined {
  const key = `${flags}/${pattern}`;
  if (answers.has(key)) return answers.get(key);
  if (performance.now() > deadline) return undefined;
  const { ambiguity, decided } = ambiguityOf(pattern, flags);
  if (decided) answers.set(key, ambiguity);
  return ambiguity;
}
