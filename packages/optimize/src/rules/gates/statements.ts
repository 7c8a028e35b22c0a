/** Statements inside loops: which of them stand for one place, and how they are called in messages. */
import type { LoopedOperation, Operation, Project } from "../../model/project.ts";
import type { RelatedPlace } from "../../model/rule.ts";
import { isHot } from "./hot.ts";

/** One place of a loop with the statement that is reported there, and the further statements that the same place leads to. */
export interface LoopPlace {
  readonly looped: LoopedOperation;
  readonly related: readonly RelatedPlace[];
}

/** Groups by loop and line: the shortest way is reported, the others are listed beside it. */
export function placesOf(list: readonly LoopedOperation[]): readonly LoopPlace[] {
  const groups = new Map<string, LoopedOperation[]>();
  for (const looped of list) {
    const { place } = looped.loop;
    const key = `${place.file}:${place.at}|${looped.site.file}:${looped.site.line}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [looped]);
    else group.push(looped);
  }
  return [...groups.values()].map((group) => {
    const [first, ...others] = group.sort((a, b) => a.path.length - b.path.length || a.operation.place.at - b.operation.place.at);
    return { looped: first as LoopedOperation, related: furtherStatements(first as LoopedOperation, others) };
  });
}

function furtherStatements(first: LoopedOperation, others: readonly LoopedOperation[]): readonly RelatedPlace[] {
  const seen = new Set([first.operation.id]);
  const out: RelatedPlace[] = [];
  for (const { operation } of others) {
    if (seen.has(operation.id)) continue;
    seen.add(operation.id);
    out.push({ place: operation.place, role: "also runs", note: statementName(operation) });
  }
  return out;
}

/** "`findMany` on `order`", "`query` on `orders`", "`query`" when the table is not known. */
export function statementName({ method, table }: Operation): string {
  return table === undefined || table === "" ? `\`${method}\`` : `\`${method}\` on \`${table}\``;
}

/** "`findOne` on `user`" in the loop itself, else "`users.byId`, which runs `findOne` on `user`". */
export function reachedName(operation: Operation, path: LoopedOperation["path"]): string {
  // A function that is called where it is written has no name.
  const first = path.find((step) => step.name !== "");
  return first === undefined ? statementName(operation) : `\`${first.name}\`, which runs ${statementName(operation)},`;
}

/** The loop runs inside the process of the database: a statement costs microseconds and no round trip. */
export function isEmbedded({ library }: Operation): boolean {
  return library === "better-sqlite3" || library === "sqlite3" || library === "python-sqlite3";
}

/** "each element of", "some elements of" when the statement runs only for some. */
export function shareWords(looped: LoopedOperation): string {
  return looped.partly ? "some elements of" : "each element of";
}

/** As `hotStatements`, but what holds for one caller of the function around a statement is enough. */
export function hotFlows(project: Project, wanted: (operation: Operation) => boolean): readonly Operation[] {
  return hotStatements(project, (operation) => flowAs(operation, wanted) !== undefined).flatMap(
    (operation) => flowAs(operation, wanted) ?? [],
  );
}

function flowAs(operation: Operation, wanted: (operation: Operation) => boolean): Operation | undefined {
  if (wanted(operation)) return operation;
  for (const flow of operation.flows ?? []) {
    const found = flowAs(flow, wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Statements of functions that a request, a job or an event reaches; those of module bodies ran at start-up. */
export function hotStatements(project: Project, wanted: (operation: Operation) => boolean): readonly Operation[] {
  return project.operations.filter(
    (operation) => wanted(operation) && !operation.place.function.module && isHot(project, operation.place.function),
  );
}
