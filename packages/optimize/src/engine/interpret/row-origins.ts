/** Which query gave the rows that a function is called with: the function does not know, its callers do. */
import type { Place } from "../../model/project.ts";
import type { Deps } from "./deps.ts";
import { firstLocalToken, thisToken } from "./deps.ts";
import type { Operation } from "./operation.ts";
import { isKeptByRow } from "./operation.ts";
import type { Origin, Value } from "./value.ts";

/** A row as a callee sees it: any other row of which the same is known would do. */
export function withoutQuery(origin: Extract<Origin, { kind: "library" }>): Origin {
  return origin.built === undefined || origin.state === undefined ? origin : { ...origin, built: undefined };
}

/** Where the query was put together that gave the rows among what is passed. */
export function queryOfGiven(deps: Deps, self: Value, args: readonly Value[]): Place | undefined {
  for (const token of deps) {
    const given = token === thisToken ? self : token > 0 && token < firstLocalToken ? args[token - 1] : undefined;
    for (const origin of given?.what ?? [])
      if (origin.kind === "library" && origin.draft === undefined && origin.state !== undefined && origin.built !== undefined)
        return origin.built;
  }
  return undefined;
}

/** The read of a relation, of rows that this query gave. */
export function readOfQuery(operations: Map<string, Operation>, operation: Operation, built: Place | undefined): Operation {
  if (built === undefined || operation.builtAt !== undefined || !isKeptByRow(operation.spec)) return operation;
  const id = `${operation.id}<${built.file}:${String(built.at)}`;
  let known = operations.get(id);
  if (known === undefined) {
    known = { ...operation, id, builtAt: built };
    operations.set(id, known);
  }
  return known;
}
