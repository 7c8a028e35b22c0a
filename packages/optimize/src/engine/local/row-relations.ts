/** Relations that a statement loads with its rows whole, and choices among them that the database could make. */
import type { CallExpression, Expression, Property } from "../../model/facts-expressions.ts";
import type { BindingId, FunctionFacts, FunctionId } from "../../model/facts.ts";
import type { Statement } from "../../model/facts-statements.ts";
import { choosesByColumns } from "../interpret/predicates.ts";
import type { Unit } from "../interpret/unit.ts";
import { blocksOf, boundBy, someInside } from "./parts.ts";

const loading: ReadonlySet<string> = new Set(["include", "select", "with"]);
/** They leave some of the rows out, or may. */
const narrowing: ReadonlySet<string> = new Set(["take", "cursor", "skip", "where", "distinct", "limit", "offset", "separate"]);

/** Names under which rows hold relations of which the text of the statement leaves nothing out. */
export function wholeRelations(call: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  if (call.kind !== "call") return names;
  for (const { value } of call.args)
    for (const { name, value: asked } of propertiesOf(value)) {
      if (!loading.has(name)) continue;
      for (const relation of propertiesOf(asked)) if (relation.name !== "" && isWhole(relation.value)) names.add(relation.name);
      if (asked.kind === "array") for (const one of asked.elements) if (one !== null) addNamed(names, one.value);
    }
  return names;
}

/** With these the database may need what it joins for something else than its rows. */
const needingJoins: ReadonlySet<string> = new Set(["order", "group", "having", "subQuery", "distinct"]);

/** Names under which rows hold relations that the statement loads for their rows only: no row is left out, found or sorted by them. */
export function loadedRelations(call: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  if (call.kind !== "call") return names;
  for (const { value } of call.args) {
    const options = propertiesOf(value);
    if (options.some(({ name }) => needingJoins.has(name)) || someInside(value, namesJoined)) return new Set();
    for (const { name, value: asked } of options) {
      if (loading.has(name) || name === "relations")
        for (const relation of propertiesOf(asked))
          if (relation.name !== "" && isWhole(relation.value) && !choosesByJoin(relation.value)) names.add(relation.name);
      if (asked.kind === "array" && (name === "include" || name === "relations"))
        for (const one of asked.elements) if (one !== null && !choosesByJoin(one.value)) addNamed(names, one.value);
    }
  }
  return names;
}

/** `"$author.name$"` */
function namesJoined(e: Expression): boolean {
  if (e.kind === "object") return e.properties.some(({ name }) => name.startsWith("$"));
  return e.kind === "literal" && typeof e.value === "string" && e.value.startsWith("$");
}

/** Rows without what is joined are left out, or only the joining is wanted. */
function choosesByJoin(e: Expression): boolean {
  return someInside(
    e,
    (part) =>
      part.kind === "object" &&
      part.properties.some(
        ({ name, value, spread }) =>
          spread ||
          ((name === "required" || name === "right") && !(value.kind === "literal" && value.value === false)) ||
          name === "where" ||
          (name === "attributes" && value.kind === "array" && value.elements.length === 0),
      ),
  );
}

function propertiesOf(e: Expression): readonly Property[] {
  return e.kind === "object" && !e.properties.some(({ spread }) => spread) ? e.properties : [];
}

function isWhole(options: Expression): boolean {
  if (options.kind === "literal") return options.value === true;
  return options.kind === "object" && !options.properties.some(({ name, spread }) => spread || name === "" || narrowing.has(name));
}

/** `{ model: Note, as: "notes" }`, `{ association: "notes" }`, `"notes"`. */
function addNamed(names: Set<string>, e: Expression): void {
  if (e.kind === "literal" && typeof e.value === "string") names.add(e.value);
  if (!isWhole(e)) return;
  for (const { name, value } of propertiesOf(e))
    if ((name === "as" || name === "association") && value.kind === "literal" && typeof value.value === "string") names.add(value.value);
}

/**
 * What `find`, `filter` or `some` is given chooses by columns, and all that it compares with is there before the statement is sent:
 * it is no part of the rows, and no element of another list.
 */
export function couldBeAsked(
  unit: Unit,
  { call, fn: asking }: { readonly call: Expression; readonly fn: FunctionId },
  chooser: FunctionId,
  holdsRows: (binding: BindingId) => boolean,
): boolean {
  const { functions, bindings } = unit.facts;
  const fn = functions[chooser];
  const said = fn?.body[0];
  if (fn === undefined || said?.kind !== "return" || said.value === undefined || !choosesByColumns(fn)) return false;
  const around = ancestors(functions, asking);
  const isThere = (binding: BindingId): boolean => {
    const declared = bindings[binding];
    if (declared === undefined || declared.owner === chooser) return true;
    if (holdsRows(binding) || !around.has(declared.owner)) return false;
    if (declared.owner !== asking || declared.kind === "parameter" || declared.kind === "function") return true;
    return declared.kind === "const" && isDeclaredBefore(functions[asking]?.body ?? [], binding, call.at);
  };
  return !someInside(said.value, (part) => part.kind === "name" && !isThere(part.binding));
}

function ancestors(functions: readonly FunctionFacts[], id: FunctionId): ReadonlySet<FunctionId> {
  const out = new Set<FunctionId>([0]);
  for (let one = functions[id]; one !== undefined && !out.has(one.id); one = functions[one.parent]) out.add(one.id);
  return out;
}

function isDeclaredBefore(list: readonly Statement[], binding: BindingId, at: number): boolean {
  return list.some(
    (s) =>
      (s.kind === "assign" && s.end <= at && boundBy(s.target).includes(binding)) ||
      (s.at < at && blocksOf(s).some((inner) => isDeclaredBefore(inner, binding, at))),
  );
}

/** The function that a call of `find`, `filter` and the like is given in place. */
export function chooserOf({ args }: CallExpression): FunctionId | undefined {
  const [first, ...others] = args;
  return first?.value.kind === "function" && others.length === 0 ? first.value.function : undefined;
}
