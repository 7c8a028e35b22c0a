/** Lists, maps and dictionaries of a module that functions add to, and methods whose answers are kept. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { BindingId, TypeRef } from "../../model/facts.ts";
import { isOutside } from "../interpret/sights.ts";
import { importedName } from "./handles.ts";
import type { Reading } from "./reading.ts";
import { knownOf, placeIn } from "./reading.ts";
import type { Site, Use } from "./text.ts";
import { someInside } from "./parts.ts";

const adding: ReadonlySet<string> = new Set(["set", "add", "push", "append", "setdefault", "unshift", "insert", "appendleft"]);
const removing: ReadonlySet<string> = new Set([
  "delete",
  "clear",
  "pop",
  "shift",
  "splice",
  "popitem",
  "remove",
  "discard",
  "popleft",
  "prune",
  "evict",
]);
const asking: ReadonlySet<string> = new Set(["get", "has"]);

export function readGrowths(r: Reading): void {
  for (const [binding, uses] of r.t.bindings) {
    const declared = r.t.facts.bindings[binding];
    if (declared?.owner !== 0 || declared.from !== undefined) continue;
    const [first] = uses.writes;
    if (first?.value === undefined || first.spot.fn !== 0 || !isEmptyStore(r, first.value)) continue;
    const growing = uses.reads.flatMap((use) => additionOf(use) ?? []);
    const inside = growing.find(({ spot }) => spot.fn !== 0);
    if (inside === undefined) continue;
    const kind = knownOf(r, first.value, first.spot).kind;
    const sights = growing.filter(({ spot }) => spot.fn !== 0).map(({ key }) => (key === undefined ? undefined : r.sight(key.end)));
    r.found.growths.push({
      ...placeIn(r, inside.e, inside.spot),
      name: declared.name,
      what: kind === "list" ? "list" : kind === "set" ? "set" : "map",
      bounded:
        uses.writes.some(({ spot, operator }) => spot.fn !== 0 && operator === "") || uses.reads.some(isRemoval) || isPassedOn(uses.reads),
      shared: isShared(r, binding),
      varies:
        sights.some((sight) => sight !== undefined && isOutside(sight)) &&
        !isClosedStore(first.value, declared.type) &&
        growing.some(({ key }) => key !== undefined && isOpenKey(r, key, inside)),
      cache: uses.reads.some((use) => isAsked(use)),
    });
  }
}

/** `new Map()`, `{}`, `[]`, `dict()`, `defaultdict(list)`: filled later. */
function isEmptyStore(r: Reading, e: Expression): boolean {
  if (e.kind === "cast") return isEmptyStore(r, e.value);
  if (e.kind === "object") return e.properties.length === 0;
  if (e.kind === "array") return e.elements.length === 0;
  if (e.kind !== "call") return false;
  const { callee, args } = e;
  if (callee.kind === "name" && callee.binding < 0) return args.length === 0 && ["Map", "Set", "dict", "set", "list"].includes(callee.name);
  const name = importedName(r, callee, new Set(["collections"]));
  // A deque with a length lets go of the oldest.
  if (name === "deque") return !args.some((one) => one.name === "maxlen" || args.indexOf(one) === 1);
  return name === "defaultdict" || name === "OrderedDict";
}

/** `new Set<Period>()`: a type with a name may be a closed set of words, or an object. */
function isClosedStore(value: Expression, type: TypeRef | undefined): boolean {
  const store = type?.kind === "name" ? type.args[0] : value.kind === "call" ? value.types[0] : undefined;
  return (
    store !== undefined && store.kind !== "primitive" && !(store.kind === "name" && ["str", "int", "string"].includes(store.path.join(".")))
  );
}

interface Addition extends Site {
  readonly key: Expression | undefined;
}

function additionOf({ e, parent, above, spot }: Use): Addition | undefined {
  if (parent?.kind !== "member" || parent.object !== e) return undefined;
  if (above?.kind === "call" && above.callee === parent && adding.has(parent.name))
    return { e: above, parent: undefined, spot, key: above.args[0]?.value };
  const written =
    parent.computed !== undefined && above?.kind === "assign" && above.target.kind === "member" && above.target.target === parent;
  return written ? { e: parent, parent: undefined, spot, key: parent.computed } : undefined;
}

function isRemoval({ e, parent, above, spot }: Use): boolean {
  if (parent?.kind === "unary") return parent.operator === "delete";
  // `len(cache) > 100`, `cache.size >= max`, `for key in cache`: somebody looks after how many there are.
  if (parent?.kind === "call" && parent.callee !== e) {
    const name = parent.callee.kind === "name" ? parent.callee.name : "";
    return name === "len" && (above?.kind === "binary" || above?.kind === "branch");
  }
  if (parent?.kind !== "member" || parent.object !== e || spot.fn === 0) return false;
  // Handed on as a function (`task.add_done_callback(tasks.discard)`) it takes out too.
  if (removing.has(parent.name)) return true;
  if (above?.kind === "unary" && above.operator === "delete") return true;
  if (parent.name === "length" && above?.kind === "assign") return true;
  return (parent.name === "size" || parent.name === "length") && above?.kind === "binary";
}

/** Somebody else may take entries out: it is passed to a function, returned, or kept elsewhere. */
function isPassedOn(reads: readonly Use[]): boolean {
  return reads.some(({ e, parent }) => {
    if (parent === undefined) return false;
    if (parent.kind === "call")
      return (
        parent.callee !== e &&
        !(parent.callee.kind === "name" && ["len", "list", "sorted", "isinstance", "Array"].includes(parent.callee.name))
      );
    return (
      parent.kind === "return" ||
      parent.kind === "array" ||
      (parent.kind === "assign" && parent.value === e) ||
      parent.kind === "object" ||
      parent.kind === "element"
    );
  });
}

function isAsked({ e, parent, above }: Use): boolean {
  if (parent?.kind === "binary") return parent.operator === "in" && parent.right === e;
  if (parent?.kind !== "member" || parent.object !== e) return false;
  if (above?.kind === "call" && above.callee === parent) return asking.has(parent.name);
  return parent.computed !== undefined && above?.kind !== "assign";
}

function isShared(r: Reading, binding: BindingId): boolean {
  if (r.python) return r.importedElsewhere(r.t.facts.bindings[binding]?.name ?? "");
  return r.t.facts.exports.some(
    (one) =>
      one.binding === binding ||
      (one.value !== undefined && someInside(one.value, (part) => part.kind === "name" && part.binding === binding)),
  );
}

/** The key is made of something that comes from outside of the function, and not of a closed set of words. */
function isOpenKey(r: Reading, key: Expression, { spot }: Site): boolean {
  if (someInside(key, (part) => part.kind === "literal" || part.kind === "class"))
    return someInside(key, (part) => part.kind === "name" && part.binding >= 0);
  const known = knownOf(r, key, spot);
  if (known.fixed) return false;
  // Classes and functions are as many as somebody wrote.
  if (key.kind === "member" && (key.name === "constructor" || key.name === "name" || key.name === "__class__" || key.name === "__name__"))
    return false;
  return true;
}

const functools: ReadonlySet<string> = new Set(["functools"]);

export function readKeptMethods(r: Reading): void {
  if (!r.python) return;
  for (const owner of r.t.facts.classes)
    for (const member of owner.members) {
      const fn = member.function === undefined ? undefined : r.t.facts.functions[member.function];
      if (fn === undefined || member.static) continue;
      if (fn.decorators.some((one) => one.kind === "name" && (one.name === "classmethod" || one.name === "staticmethod"))) continue;
      for (const decorator of fn.decorators) {
        const called = decorator.kind === "call" ? decorator.callee : decorator;
        const name = importedName(r, called, functools);
        if (name !== "lru_cache" && name !== "cache") continue;
        r.found.keptMethods.push({
          ...placeIn(r, { at: decorator.at, end: decorator.end }, { fn: fn.id, loops: [], statement: undefined }),
          name: `${owner.name}.${member.name}`,
          decorator: name,
          max: name === "cache" ? undefined : maxOf(decorator),
        });
      }
    }
}

function maxOf(decorator: Expression): number | undefined {
  if (decorator.kind !== "call") return 128;
  const size = decorator.args.find((one) => one.name === "maxsize" || one.name === undefined)?.value;
  if (size === undefined) return 128;
  return size.kind === "literal" && typeof size.value === "number" ? size.value : size.kind === "literal" ? undefined : 128;
}
