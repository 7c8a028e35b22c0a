/** lodash and underscore: iteration functions call back for each element, at once. */
import type { CallbackSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { namespace } from "../shapes/namespace.ts";
import { names } from "../shapes/places.ts";

function each(over: 0 | -1): readonly CallbackSpec[] {
  return [{ arg: over + 1, runs: "each", over, params: ["element", "index"] }];
}

/** For `_.map(list, f)` the list is argument 0; in a chain it is the receiver. */
function iteration(over: 0 | -1): Record<string, MethodSpec> {
  const list = over === 0 ? ({ argument: 0 } as const) : "same";
  const element = over === 0 ? "value" : "same";
  const reduce: readonly CallbackSpec[] = [{ arg: over + 1, runs: "each", over, params: ["value", "element", "index"] }];
  return {
    ...names("map flatMap", { callbacks: each(over), returns: over === 0 ? "list-of-callback" : "same" }),
    ...names("forEach each forEachRight eachRight", { callbacks: each(over), returns: list }),
    ...names("filter reject sortBy orderBy uniqBy takeWhile dropWhile partition remove", { callbacks: each(over), returns: list }),
    ...names("find findLast some every minBy maxBy sumBy countBy groupBy keyBy mapValues mapKeys pickBy omitBy findIndex forOwn forIn", {
      callbacks: each(over),
      returns: element,
    }),
    ...names("reduce reduceRight transform", { callbacks: reduce, returns: "value" }),
    times: { callbacks: each(over), returns: "list-of-callback" },
    ...names(
      "compact uniq reverse slice take drop takeRight dropRight shuffle tail initial without difference intersection clone cloneDeep concat union",
      { returns: list },
    ),
  };
}

const { exports, types } = namespace(
  "lodash",
  {
    ...iteration(0),
    chunk: { returns: { chunksOf: 0 } },
    memoize: { wraps: 0, memoizes: true },
    ...names("once partial partialRight bind curry negate unary ary flip rest spread before after wrap", { wraps: 0 }),
    ...names("debounce throttle", { wraps: 0 }),
    flow: { chains: "pipe" },
    flowRight: { chains: "compose" },
    ...names("defer delay", { callbacks: [{ arg: 0, runs: "later" }], returns: "value" }),
    ...names("merge mergeWith assign assignIn extend defaults defaultsDeep", { returns: { merged: true } }),
    attempt: { callbacks: [{ arg: 0, runs: "once" }], returns: "callback" },
    chain: { returns: { type: "Chain" } },
  },
  { returns: { type: "Chain" } },
);

export default library({
  id: "lodash",
  packages: ["lodash", "lodash-es", "underscore"],
  subpaths: true,
  exports,
  types: { ...types, Chain: { members: { ...iteration(-1), value: { returns: "value" } }, any: { returns: "same" } } },
});
