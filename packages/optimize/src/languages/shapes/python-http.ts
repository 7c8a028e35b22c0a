/** Calls of Python's HTTP clients: a function for each method, and `request(method, url)`. */
import type { EffectSpec, Where } from "../../model/effect.ts";
import type { MethodSpec, ResultSpec } from "../../model/library.ts";
import { named, names } from "./places.ts";

export interface HttpShape {
  readonly promise: boolean;
  readonly returns: ResultSpec;
  /** A time-out holds although nobody sets one. */
  readonly timed: boolean;
  /** Further places of a time-out: the client's constructor. */
  readonly made?: readonly Where[];
  /** Where the time-out stands among the arguments of `request`, when it may be given by position. */
  readonly position?: number;
}

export function httpMembers(shape: HttpShape): Record<string, MethodSpec> {
  const call = (effect: Omit<EffectSpec, "kind">, kind: EffectSpec["kind"], url: number, position?: number): MethodSpec => ({
    effect: {
      kind,
      blocking: !shape.promise,
      url: named("url", url),
      timeout: [named("timeout", position), ...(shape.made ?? [])],
      timed: shape.timed,
      ...effect,
    },
    returns: shape.returns,
    promise: shape.promise,
  });
  const through = "request";
  return {
    ...names("get head options", { ...call({}, "http-read", 0), through }),
    ...names("post put patch delete", { ...call({}, "http-write", 0), through }),
    request: call({ method: named("method", 0) }, "http-read", 1, shape.position),
  };
}

/** What a response answers without another exchange. */
export const responseMembers = names("json raise_for_status close", { returns: "value" } as const);
