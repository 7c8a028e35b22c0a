/** Operations as the interpretation records them: the model's, with uses that grow while it runs. */
import type { QueryShape } from "../../model/query-shape.ts";
import { shapeKey } from "../../model/query-shape.ts";
import type { Operation as ModelOperation, Place, Use } from "../../model/project.ts";

export interface Operation extends Omit<ModelOperation, "timeout"> {
  readonly uses: Map<Use, Place>;
  timeout: boolean;
  /** Whether a time limit was seen, by the summary that saw the call. */
  readonly timeouts: Map<string, boolean>;
  /** Where the client was made; "export" for the one that the library comes with. */
  readonly client: string;
  /** Sent on one connection, which `client` made: nothing else runs on it at the same time. */
  readonly serial: boolean;
  picks?: "columns" | "code" | undefined;
  flows?: Operation[] | undefined;
  /** Of a flow: what it is a use of. */
  readonly parent?: Operation;
  within?: boolean;
  chooses?: boolean;
  columns?: readonly string[] | undefined;
  joinsLists?: readonly string[];
  shapes?: QueryShape[];
}

/** Ways of asking that are kept of one place. */
const mostShapes = 4;

export function noteShape(operation: Operation, shape: QueryShape | undefined): void {
  if (shape === undefined) return;
  const known = (operation.shapes ??= []);
  if (known.includes(shape) || known.length >= mostShapes) return;
  const key = shapeKey(shape);
  if (!known.some((one) => shapeKey(one) === key)) known.push(shape);
}

export function note(operation: Operation | undefined, use: Use, place: Place): void {
  for (let one = operation; one !== undefined; one = one.parent) if (!one.uses.has(use)) one.uses.set(use, place);
}

const deepest = 4;

/** The operation as the caller at `site` sees its result; reads of the database only, since nobody asks how others are used. */
export function flowOf(operations: Map<string, Operation>, operation: Operation, site: string, givenBy?: Operation["givenBy"]): Operation {
  if (operation.kind !== "db-read") return operation;
  const id = `${operation.id}<${site}`;
  const known = operations.get(id);
  if (known !== undefined) return known;
  let depth = 0;
  for (let one = operation.parent; one !== undefined; one = one.parent) depth++;
  if (depth >= deepest) return operation;
  const flow: Operation = { ...operation, id, uses: new Map(), parent: operation, givenBy, picks: undefined, flows: undefined };
  operations.set(id, flow);
  (operation.flows ??= []).push(flow);
  return flow;
}

/** What is read by touching a relation: the row keeps it, so that touching it again reads nothing. */
export function isKeptByRow({ lazy }: ModelOperation["spec"]): boolean {
  return lazy === "relation" || lazy === "row";
}
