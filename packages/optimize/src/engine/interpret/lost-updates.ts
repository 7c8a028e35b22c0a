/** Read, change, write back: values that go back to where they were read, after others had time to change them too. */
import { toldOf } from "./summary.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import type { Draft } from "./drafts.ts";
import type { LibraryOrigin } from "./libraries.ts";
import type { Operation } from "./operation.ts";
import { namedOf } from "./python.ts";
import type { Changed, Value } from "./value.ts";

type ChangedRow = Extract<Changed, { kind: "row" }>;

/** The result of a read is known by its key. */
export function noteRowRead(act: Activation, operation: Operation | undefined, value: Value): void {
  if (operation?.kind === "db-read" && operation.spec.count !== true && value.key !== undefined)
    (act.rowReads ??= new Map()).set(value.key, operation);
}

/** A variable of the module that functions change is the same only until the next await. */
export function variableKey(act: Activation, binding: number): string | undefined {
  const declared = act.unit.facts.bindings[binding];
  if (act.fn === 0 || declared?.owner !== 0 || (declared.kind !== "let" && declared.kind !== "implicit")) return undefined;
  return `module:${String(act.unit.index)}:${String(binding)}@${String(act.waits)}`;
}

/** What `value + 1` changes, when `value` is a column of a row that was read, or a variable of the module. */
export function changedFrom(act: Activation, value: Value): Changed | undefined {
  const { key } = value;
  if (key === undefined) return undefined;
  const variable = /^(module:\d+:\d+)@(\d+)$/.exec(key);
  if (variable !== null) return { kind: "variable", key: variable[1] ?? "", waits: Number(variable[2]) };
  const cut = key.lastIndexOf(".");
  if (cut < 0) return undefined;
  const operation = act.rowReads?.get(key.split(".")[0]?.split("[")[0] ?? "");
  return operation === undefined ? undefined : { kind: "row", row: key.slice(0, cut), column: key.slice(cut + 1), operation };
}

export function changedIn(value: Value): Changed | undefined {
  for (const origin of value.what) if (origin.kind === "scalar" && origin.from !== undefined) return origin.from;
  return undefined;
}

/** `row.count = row.count + 1`: it is written when the row is saved. */
export function noteChangedMember(
  act: Activation,
  object: Value,
  name: string,
  value: Value,
  e: { readonly at: number; readonly end: number },
): void {
  const changed = changedIn(value);
  if (object.key === undefined || name === "") return;
  if (changed?.kind === "row" && changed.row === object.key && changed.column === name) {
    if (isOpen(act, changed.operation)) (act.changedRows ??= new Map()).set(object.key, { changed, place: act.place(e) });
  } else if (act.changedRows?.get(object.key)?.changed.column === name) act.changedRows?.delete(object.key);
}

/** `total = before + 1` for a variable of the module, where an await lies between reading and writing. */
export function noteChangedVariable(
  act: Activation,
  binding: number,
  value: Value,
  e: { readonly at: number; readonly end: number },
): void {
  const changed = changedIn(value);
  const key = variableKey(act, binding);
  if (changed?.kind !== "variable" || key === undefined || !key.startsWith(`${changed.key}@`)) return;
  if (changed.waits >= act.waits || act.locks > 0 || act.transaction !== undefined) return;
  const write = act.place(e);
  const name = act.unit.facts.bindings[binding]?.name ?? "";
  toldOf(act.summary).updates.push({
    kind: "variable",
    name,
    table: undefined,
    read: undefined,
    write,
    function: write.function,
    operation: undefined,
  });
}

/** A lock, or a transaction, may keep others away. */
function isOpen(act: Activation, read: Operation): boolean {
  const { spec, sql, within } = read;
  return (
    act.locks === 0 &&
    act.transaction === undefined &&
    within !== true &&
    spec.locks !== true &&
    !/\bfor\s+(no\s+key\s+)?update\b/i.test(sql ?? "")
  );
}

/** The call writes: a changed column among what is given, or a row that was changed before. */
export function noteRowWrite(
  act: Activation,
  operation: Operation | undefined,
  draft: Draft | undefined,
  receiver: { readonly value: Value; readonly origin: LibraryOrigin | undefined },
  args: readonly Value[],
  e: Expression,
): void {
  const spec = operation?.spec ?? draft?.spec;
  if (spec?.kind !== "db-write" || spec.transaction !== undefined || act.transaction !== undefined || act.locks > 0) return;
  // A new row overwrites none.
  if (
    /^(bulk_?)?(create|insert|add)/i.test(operation?.method ?? draft?.method ?? "") ||
    /^\s*insert\b/i.test(operation?.sql ?? draft?.sql ?? "")
  )
    return;
  const all = [...args, ...(namedOf(args)?.values() ?? [])];
  const table = operation?.table ?? draft?.table;
  const sql = operation?.sql ?? draft?.sql;
  if (spec.instance === true || /^a?save$/.test(operation?.method ?? "")) {
    for (const value of [receiver.value, ...all]) {
      const saved = value.key === undefined ? undefined : act.changedRows?.get(value.key);
      if (saved !== undefined) return push(act, saved.changed, table, e);
    }
  }
  const found = all.flatMap((value) => changedColumns(value, "", 0));
  const changed = found.find(
    (one) =>
      isOpen(act, one.changed.operation) &&
      sameTable(one.changed.operation.table, table) &&
      (sql === undefined ? one.under === one.changed.column : sets(sql, one.changed.column)),
  );
  if (changed !== undefined && !all.some((value) => comparesVersion(value, changed.changed, 0))) push(act, changed.changed, table, e);
}

function push(act: Activation, changed: ChangedRow, table: string | undefined, e: Expression): void {
  const write = act.place(e);
  const { operation, column } = changed;
  toldOf(act.summary).updates.push({
    kind: "row",
    name: column,
    table: operation.table ?? table,
    read: operation.place,
    write,
    function: write.function,
    operation,
  });
}

function sameTable(read: string | undefined, write: string | undefined): boolean {
  return read !== undefined && (write === undefined || read.toLowerCase() === write.toLowerCase());
}

/** `UPDATE … SET column = $1` */
function sets(sql: string, column: string): boolean {
  const after = /\bset\b([\s\S]*)/i.exec(sql)?.[1] ?? "";
  const before = after.split(/\bwhere\b/i)[0] ?? "";
  return new RegExp(`(^|[^\\w.])"?${column.replace(/\W/g, "")}"?\\s*=\\s*(\\$|\\?|%|:|@)`, "i").test(before);
}

function changedColumns(value: Value, under: string, depth: number): { readonly changed: ChangedRow; readonly under: string }[] {
  if (depth > 4) return [];
  const out: { changed: ChangedRow; under: string }[] = [];
  for (const origin of value.what) {
    if (origin.kind === "scalar" && origin.from?.kind === "row") out.push({ changed: origin.from, under });
    else if (origin.kind === "array") for (const one of origin.elements ?? []) out.push(...changedColumns(one, under, depth + 1));
    else if (origin.kind === "object" && !origin.object.persistent)
      for (const [name, inner] of origin.object.props) out.push(...changedColumns(inner, name === "set" ? under : name, depth + 1));
  }
  return out;
}

/** The row is only written when it still is what was read: its version, or the old value, is among the conditions. */
function comparesVersion(value: Value, changed: ChangedRow, depth: number): boolean {
  if (depth > 4) return false;
  const { key } = value;
  const column = key?.startsWith(`${changed.row}.`) === true ? key.slice(changed.row.length + 1) : undefined;
  if (column !== undefined && (column === changed.column || /version|revision|updated|modified|etag|lock/i.test(column))) return true;
  return value.what.some((origin) =>
    origin.kind === "array"
      ? (origin.elements ?? []).some((one) => comparesVersion(one, changed, depth + 1))
      : origin.kind === "object" &&
        !origin.object.persistent &&
        [...origin.object.props.values()].some((one) => comparesVersion(one, changed, depth + 1)),
  );
}
