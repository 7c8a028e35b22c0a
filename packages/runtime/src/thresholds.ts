/** Limits that speak up once when they are crossed for long enough, and once when it is over. */

export interface Threshold {
  /** Above this it is too much. */
  readonly above: number;
  /** Below this it is over. Default: nine tenths of `above`, so that a value that hovers does not ring each time. */
  readonly clearBelow?: number;
  /** Milliseconds for which it has to be so, either way. Default 0. */
  readonly for?: number;
}

export interface Alert {
  readonly name: string;
  readonly state: "firing" | "resolved";
  readonly value: number;
  readonly above: number;
  /** Milliseconds since 1970: since when. */
  readonly since: number;
}

/** Gives what changed when it is told values. What is unknown (too few requests to say) is not too much. */
export function createThresholds(
  thresholds: Readonly<Record<string, Threshold>>,
): (values: Readonly<Record<string, number | undefined>>, now: number) => Alert[] {
  const states = Object.entries(thresholds).map(([name, threshold]) => ({ name, threshold, firing: false, since: NaN }));
  return (values, now) => {
    const alerts: Alert[] = [];
    for (const state of states) {
      const { name, firing, threshold } = state;
      const { above, clearBelow = above * 0.9, for: lasting = 0 } = threshold;
      const value = values[name] ?? 0;
      const turning = firing ? value < clearBelow : value > above;
      const since = turning ? state.since || now : NaN;
      state.since = since;
      if (!(now - since >= lasting)) continue;
      alerts.push({ name, state: firing ? "resolved" : "firing", value, above, since });
      state.firing = !firing;
      state.since = NaN;
    }
    return alerts;
  };
}
