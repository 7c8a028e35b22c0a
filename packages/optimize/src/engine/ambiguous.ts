/** Regular expressions over what was sent, with what is proven of them. */
import type { Matching } from "../model/local.ts";
import { ambiguityOf } from "../languages/ambiguity.ts";

/** Milliseconds for all expressions of a scan: a stranger's project may have many that take long. */
const patience = 60_000;

/** Asks only about expressions whose text somebody else decides: the check is large, and loaded for them alone. */
export function withAmbiguity(matchings: readonly Matching[]): readonly Matching[] {
  const deadline = performance.now() + patience;
  return matchings.map((one) => {
    const ambiguity = one.sent && !one.capped && performance.now() < deadline ? ambiguityOf(one.pattern, one.flags) : undefined;
    return ambiguity === undefined ? one : { ...one, ambiguity };
  });
}
