/** List queries without a limit: what the code does with the rows decides which rule speaks of them. */
import type { Operation, Use } from "../../model/project.ts";

/** A query that gives as many rows as there are. */
export function isWholeList(operation: Operation): boolean {
  const { kind, spec } = operation;
  return (
    kind === "db-read" &&
    spec.list === true &&
    spec.count !== true &&
    spec.stream !== true &&
    spec.transaction === undefined &&
    !operation.limited
  );
}

/** All uses are among these, and at least one of `needed` is. */
function usedOnly({ uses }: Operation, allowed: ReadonlySet<Use>, needed: ReadonlySet<Use>): boolean {
  const all = [...uses.keys()];
  return all.every((use) => allowed.has(use)) && all.some((use) => needed.has(use));
}

const existence: ReadonlySet<Use> = new Set<Use>(["truth", "zero-comparison"]);
const zero: ReadonlySet<Use> = new Set<Use>(["zero-comparison"]);

/** Rows or their number are only asked for whether there are any. */
export function isOnlyAskedForExistence(operation: Operation): boolean {
  return usedOnly(operation, existence, operation.spec.count === true ? existence : zero);
}

/** `member`: of one row that was picked; a loop over the rows is noted as such. */
const looks: ReadonlySet<Use> = new Set<Use>(["filter", "find", "sort", "slice", "first", "member", "length", "truth", "zero-comparison"]);
const picks: ReadonlySet<Use> = new Set<Use>(["filter", "find", "slice"]);

/** The code keeps some of the rows and drops the others. */
export function isPickedFrom(operation: Operation): boolean {
  // Who counts the rows, or takes what they have in common from the first of them, needs them all.
  if (!operation.uses.has("length") && !operation.uses.has("first") && usedOnly(operation, looks, picks)) return true;
  // The first of the sorted rows.
  return operation.uses.has("sort") && operation.uses.has("first") && usedOnly(operation, looks, looks);
}

/** Looking for one row is another method there: who asks for a list and takes its first row asked for too much. */
const oneRowMethods: Readonly<Record<string, string>> = {
  prisma: "findMany",
  sequelize: "findAll",
  typeorm: "find",
  mongoose: "find",
  mongodb: "find",
  "mikro-orm": "find",
  drizzle: "findMany",
};

const firstOnly: ReadonlySet<Use> = new Set<Use>(["first", "member", "truth", "zero-comparison"]);

/** The rows are sorted by the database, so that there are several, and the code takes the first of them. */
export function isFirstOfSorted(operation: Operation): boolean {
  const { library, method, shapes = [] } = operation;
  if (oneRowMethods[library] !== method || !usedOnly(operation, firstOnly, new Set<Use>(["first"]))) return false;
  return shapes.length > 0 && shapes.every(({ sort, sortOpen }) => sort.length > 0 || sortOpen);
}

const oneRow: ReadonlySet<Use> = new Set<Use>(["first", "member", "truth", "length", "zero-comparison"]);

/** `rows[0]` and nothing else: how drivers without a form for one row read one. */
export function isSingleRowIdiom({ uses }: Operation): boolean {
  return uses.has("first") && [...uses.keys()].every((use) => oneRow.has(use));
}
