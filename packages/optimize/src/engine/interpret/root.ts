/** One place where the outside world starts something: what rules know as an entry. */
import type { Cost } from "../../model/formula.ts";
import type { Library } from "../../model/library.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import type { Unit } from "./unit.ts";
import type { Value } from "./value.ts";
import type { Registration } from "./world.ts";

/** Where it is said what an answer is turned into: an expression, or the handler's own annotation. */
export interface Answer {
  readonly unit: Unit;
  readonly type: Expression | undefined;
}

/** What the framework does around a handler. */
export type Around = Pick<Root, "dependencies" | "answer" | "given">;

export interface Root {
  readonly name: string;
  readonly kind: string;
  readonly handlers: readonly Value[];
  /** Functions that run before the handlers in the same request. */
  readonly middlewares: readonly Value[];
  /** What the handlers' answers are turned into. */
  readonly answer?: Answer | undefined;
  /** What the framework calls in the handler's request before it, with what that depends on. */
  readonly dependencies?: readonly Value[];
  /** The request as the middlewares are given it; `key` tells its calls from others. */
  readonly before?: { readonly key: string; readonly value: Value | undefined } | undefined;
  /** Who asks: what it costs to find out, once in each request, when something that runs looks at it, or the framework does. */
  readonly account?: { readonly cost: Cost; readonly always: boolean } | undefined;
  readonly params: readonly (string | "value")[];
  readonly library: Library | undefined;
  readonly unit: Unit;
  readonly node: { readonly at: number; readonly end: number };
  readonly fn: number;
  readonly perItem: boolean;
  /** Counts only when it does what no browser can. */
  readonly background?: true | undefined;
  /** Others of its file run for the same request, with the same arguments. */
  readonly together?: true;
  /** What the handlers are called with; `key` tells these calls from others. */
  readonly given?: { readonly key: string; readonly values: readonly Value[] };
}

export function entryKind(one: Registration): string {
  return one.spec.kind === "route-object" ? "route" : one.spec.kind;
}

export function rootOf(one: Registration, name: string, handlers: readonly Value[], middlewares: readonly Value[], perItem = false): Root {
  return {
    name,
    kind:
      entryKind(one) === "resolvers" || one.spec.kind.startsWith("graphql")
        ? "resolver"
        : one.spec.kind === "procedures"
          ? "procedure"
          : entryKind(one),
    handlers,
    middlewares,
    params: one.spec.params ?? [],
    library: one.library,
    unit: one.unit,
    node: one.node,
    fn: one.fn,
    perItem,
    background: one.spec.background,
  };
}
