/** Values, sizes and costs of a summary in the terms of the caller. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Polynomial } from "../../model/formula.ts";
import { constant, symbolTerm } from "../../model/formula.ts";
import type { Place } from "../../model/project.ts";
import type { Activation } from "./activation.ts";
import type { Deps } from "./deps.ts";
import { sizeOf } from "./literals.ts";
import type { Operation } from "./operation.ts";
import { readPlain } from "./types.ts";
import { nameOf } from "./unit.ts";
import type { Origin, Size, Value } from "./value.ts";
import { unknown } from "./value.ts";

/** `options.id` of a parameter `options`. */
export function isPartOfParameter(value: Value | undefined): boolean {
  return value?.key?.startsWith("$") === true && value.key.includes(".");
}

export function polynomialOf(symbol: string, sizeAt: (symbol: string) => Size | undefined): Polynomial | undefined {
  if (!symbol.startsWith("$")) return undefined;
  const size = sizeAt(symbol);
  if (size?.exact !== undefined) return constant(size.exact);
  return size?.symbol === undefined ? undefined : symbolTerm(size.symbol);
}

/** `$1.items` at this call: the size of the second argument's `items`. */
export function sizeOfSymbol(act: Activation, symbol: string, args: readonly Value[], self: Value, node: Expression): Size | undefined {
  const [head = "", ...path] = symbol.split(".");
  const argument = head === "$this" ? self : args[Number(head.slice(1))];
  if (argument === undefined) return { exact: 0 };
  let value = argument;
  for (const name of path) {
    const key = value.key === undefined ? undefined : `${value.key}.${name}`;
    const inner = readPlain(act.world, value, name);
    value = { what: inner.what, deps: value.deps, key: inner.key ?? key };
  }
  const size = sizeOf(value);
  if (size.exact !== undefined || size.symbol !== undefined) return size;
  const call = node.kind === "call" ? node : undefined;
  const name = path[path.length - 1] ?? nameOf(call?.args[Number(head.slice(1))]?.value);
  return { symbol: `${name === "" ? "elements" : name}@${act.unit.index}:${node.at}` };
}

/** How the callee's parameters read in the caller. */
interface Terms {
  readonly mapDeps: (deps: Deps) => Deps;
  readonly sizeAt: (symbol: string) => Size | undefined;
  readonly keyAt: (key: string | undefined) => string | undefined;
  /** An operation, by its id, as this caller uses its result. */
  readonly flowAt: (id: string) => Operation | undefined;
  /** The query that gave this caller the rows. */
  readonly queryAt: (deps: Deps) => Place | undefined;
}

/** A value of the callee in the caller's tokens and sizes. */
export function translate(value: Value, terms: Terms, depth: number): Value {
  const { mapDeps, sizeAt, keyAt } = terms;
  const deps = mapDeps(value.deps);
  if (value.what.length === 0) return deps.length === 0 ? unknown : { what: value.what, deps, key: undefined };
  if (depth > 4) return { what: value.what, deps, key: undefined };
  const what = value.what.map((origin): Origin => {
    switch (origin.kind) {
      case "promise":
        return { kind: "promise", value: translate(origin.value, terms, depth + 1) };
      case "array": {
        const { symbol } = origin.size;
        const size = symbol?.startsWith("$") === true ? (sizeAt(symbol) ?? {}) : origin.size;
        const element = translate(origin.element, terms, depth + 1);
        return {
          kind: "array",
          element,
          size,
          rows: origin.rows === undefined ? undefined : (terms.flowAt(origin.rows.id) ?? origin.rows),
          picked: origin.picked,
          chunk: origin.chunk,
          pieces: origin.pieces,
          elements: origin.elements?.map((one) => translate(one, terms, depth + 1)),
        };
      }
      case "map":
        return {
          kind: "map",
          value: translate(origin.value, terms, depth + 1),
          size: origin.size.symbol?.startsWith("$") === true ? (sizeAt(origin.size.symbol) ?? {}) : origin.size,
        };
      case "object": {
        if (origin.object.persistent) return origin;
        const props = new Map([...origin.object.props].map(([name, inner]) => [name, translate(inner, terms, depth + 1)]));
        return { kind: "object", object: { ...origin.object, props, readers: undefined } };
      }
      case "instance":
        return origin.given === undefined
          ? origin
          : { ...origin, given: new Map([...origin.given].map(([name, inner]) => [name, translate(inner, terms, depth + 1)])) };
      case "row":
        return origin.operation === undefined ? origin : { ...origin, operation: terms.flowAt(origin.operation.id) ?? origin.operation };
      case "scalar": {
        const cut = origin.type.indexOf(":");
        const flow = cut < 0 ? undefined : terms.flowAt(origin.type.slice(cut + 1));
        return flow === undefined ? origin : { kind: "scalar", type: `${origin.type.slice(0, cut)}:${flow.id}` };
      }
      case "library":
        return origin.draft === undefined
          ? origin.built === undefined && origin.state !== undefined
            ? { ...origin, built: terms.queryAt(value.deps) }
            : origin
          : {
              ...origin,
              draft: {
                ...origin.draft,
                asked: keyAt(origin.draft.asked),
                deps: mapDeps(origin.draft.deps),
                values: mapDeps(origin.draft.values),
                which: mapDeps(origin.draft.which),
                given: mapDeps(origin.draft.given),
                named: mapDeps(origin.draft.named),
              },
            };
      default:
        return origin;
    }
  });
  return { what, deps, key: undefined };
}
