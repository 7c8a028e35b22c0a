/** Named numbers with labels, in bounded memory. */
import { createHistogram, record, type Histogram } from "./histogram.ts";

/** Seconds. With 2 and 5, the limits that are asked of p95 and p99 most. */
export const defaultBounds: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10];

export interface MetricOptions {
  readonly help?: string;
  /** Names of the labels; values are given in this order. */
  readonly labels?: readonly string[];
  /** As OpenTelemetry writes it: "s", "By". */
  readonly unit?: string;
  /** Combinations of label values that are kept apart; further ones count together as "other". Default 1000. */
  readonly maxSeries?: number;
}

export interface Series<V> {
  readonly values: readonly string[];
  value: V;
}

export interface Metric<V = number | Histogram> {
  readonly name: string;
  readonly kind: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly unit: string;
  readonly labels: readonly string[];
  readonly series: readonly Series<V>[];
}

export interface Counter extends Metric<number> {
  add(amount?: number, ...labels: string[]): void;
}
export interface Gauge extends Metric<number> {
  set(value: number, ...labels: string[]): void;
}
export interface HistogramMetric extends Metric<Histogram> {
  record(value: number, ...labels: string[]): void;
}

export interface Registry {
  /** The metric of that name; made when it is asked for first. */
  counter(name: string, options?: MetricOptions): Counter;
  gauge(name: string, options?: MetricOptions): Gauge;
  histogram(name: string, options?: MetricOptions & { readonly bounds?: readonly number[] }): HistogramMetric;
  readonly all: ReadonlyMap<string, Metric>;
}

/** Series by one label after the other: putting the labels together to look them up would cost more than counting. */
interface Branch extends Map<string, Branch> {
  series?: Series<number | Histogram>;
}

const namePattern = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
type Methods = Omit<Counter & Gauge & HistogramMetric, keyof Metric>;

export function createRegistry(): Registry {
  const all = new Map<string, Metric>();

  function metric(
    kind: Metric["kind"],
    name: string,
    { help = name, unit = "", labels = [], maxSeries = 1000 }: MetricOptions,
    empty: () => number | Histogram,
  ): never {
    const known = all.get(name);
    if (known) {
      if (known.kind !== kind) throw new TypeError(`${name} is a ${known.kind}`);
      return known as never;
    }
    for (const word of [name, ...labels]) if (!namePattern.test(word)) throw new TypeError(`${word}: not letters, digits, underscores`);
    const series: Series<number | Histogram>[] = [];
    const tree: Branch = new Map();

    function seriesOf(values: readonly string[]): Series<unknown> {
      if (values.length !== labels.length) throw new TypeError(`${name} has ${labels.length} labels, not ${values.length}`);
      let at: Branch | undefined = tree;
      for (const value of values) at = at?.get(value);
      if (at?.series) return at.series;
      if (series.length >= maxSeries && values.some((value) => value !== "other")) return seriesOf(labels.map(() => "other"));
      at = tree;
      for (const value of values) {
        const next: Branch = at.get(value) ?? new Map();
        at.set(value, next);
        at = next;
      }
      at.series = { values, value: empty() };
      series.push(at.series);
      return at.series;
    }

    const methods: Methods = {
      add(amount = 1, ...values) {
        if (amount > 0) (seriesOf(values) as Series<number>).value += amount;
      },
      set(value, ...values) {
        seriesOf(values).value = value;
      },
      record: (value, ...values) => record((seriesOf(values) as Series<Histogram>).value, value),
    };
    const made = { name, kind, help, unit, labels, series, ...methods };
    all.set(name, made);
    return made as never;
  }

  return {
    all,
    counter: (name, options = {}) => metric("counter", name, options, () => 0),
    gauge: (name, options = {}) => metric("gauge", name, options, () => 0),
    histogram: (name, { bounds = defaultBounds, ...options } = {}) => metric("histogram", name, options, () => createHistogram(bounds)),
  };
}
