/**
 * Work whose result the program itself keeps for the next time: `if (schema === undefined) schema = read()`,
 * `cache.get(key) ?? …set(key, …)`. The store has to outlive the call: a variable of the module, a field.
 */
import type { BindingId } from "../../model/facts.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import type { Pattern, Statement } from "../../model/facts-statements.ts";
import type { Activation } from "./activation.ts";
import { awaitOf } from "./await-of.ts";
import { wordsOf } from "./unit.ts";

/** The function in which the statements stand. */
type Scope = Pick<Activation, "unit" | "fn">;

/** For the statements of a block: arms that fill a store found empty, and where the rest of the block does. */
export interface Memos {
  readonly then: ReadonlySet<Statement>;
  readonly else: ReadonlySet<Statement>;
  /** Those of them whose store has one place for all calls: a variable of the module, a key of a cache that is written down. */
  readonly shared: ReadonlySet<Statement>;
  /** Index of the statement after which everything only runs when the store had nothing. */
  readonly after: number | undefined;
  /** How many statements are about an await. */
  readonly awaits: number;
}

const noReads: ReadonlyMap<BindingId, string> = new Map();

const none: Memos = { then: new Set(), else: new Set(), shared: new Set(), after: undefined, awaits: 0 };

export function memosOf(scope: Scope, statements: readonly Statement[]): Memos {
  if (statements.length === 0) return none;
  const known = scope.unit.memos;
  let memos = known.get(statements);
  if (memos === undefined) {
    memos = find(scope, statements);
    known.set(statements, memos);
  }
  return memos;
}

/** Is the target a store: does what is put there outlive the call? */
export function isStore(scope: Scope, target: Pattern): boolean {
  return storeOfTarget(scope, target) !== undefined;
}

/** `store ?? (store = work())`, `cache.get(key) || keep(key, work())`: the right side fills what the left side found empty. */
export function fillsLeft(scope: Scope, e: Extract<Expression, { kind: "logical" }>): boolean {
  if (e.operator === "&&") return false;
  const store = readOf(scope, e.left, noReads);
  return store !== undefined && puts(scope, e.right, store);
}

/** Runs `body` as work whose result the program keeps for the next time, when `kept`; `shared`: for all of its callers at once. */
export function keeping<T>(act: Activation, kept: boolean, body: () => T, shared = false): T {
  if (kept) act.kept++;
  if (shared) act.shared++;
  const out = body();
  if (shared) act.shared--;
  if (kept) act.kept--;
  return out;
}

/** `??=` and `||=` work only when there is nothing yet. */
export function isDefault(operator: string): boolean {
  return operator === "??" || operator === "||";
}

function find(scope: Scope, statements: readonly Statement[]): Memos {
  let then: Set<Statement> | undefined;
  let otherwise: Set<Statement> | undefined;
  let shared: Set<Statement> | undefined;
  let after: number | undefined;
  let awaits = 0;
  let reads = noReads;
  let single: Set<string> | undefined;
  for (let i = 0; i < statements.length; i++) {
    const s = statements[i] as Statement;
    if (awaitOf(s) !== undefined) awaits++;
    if (s.kind === "assign" && s.target.kind === "bind" && s.value !== undefined) {
      const store = readOf(scope, s.value, reads);
      if (store !== undefined) {
        if (reads === noReads) reads = new Map();
        (reads as Map<BindingId, string>).set(s.target.binding, store);
        if (isSinglePlace(scope, s.value)) (single ??= new Set()).add(store);
      }
    }
    if (s.kind !== "branch") continue;
    const empty = emptyStores(scope, s.test, reads);
    const full = fullStores(scope, s.test, reads);
    const filled = empty.filter((store) => fills(scope, s.then, store));
    const filledElse = full.filter((store) => fills(scope, s.else, store));
    if (filled.length > 0) (then ??= new Set()).add(s);
    if (filledElse.length > 0) (otherwise ??= new Set()).add(s);
    const found = single;
    if (found !== undefined && [...filled, ...filledElse].some((store) => found.has(store))) (shared ??= new Set()).add(s);
    if (after === undefined && leaves(s.then) && full.some((store) => fills(scope, statements.slice(i + 1), store))) after = i;
  }
  return then === undefined && otherwise === undefined && after === undefined && awaits === 0
    ? none
    : { then: then ?? none.then, else: otherwise ?? none.else, shared: shared ?? none.shared, after, awaits };
}

/** `cache.get(KEY)`, `cache.get("paths")`: nothing of the call is in the key. */
function isSinglePlace(scope: Scope, e: Expression): boolean {
  if (e.kind === "await" || e.kind === "cast") return isSinglePlace(scope, e.value);
  if (e.kind !== "call" || e.callee.kind !== "member" || e.callee.name !== "get") return false;
  const key = e.args[0]?.value;
  if (key?.kind === "literal") return true;
  return key?.kind === "name" && key.binding >= 0 && scope.unit.facts.bindings[key.binding]?.owner === 0;
}

function leaves(statements: readonly Statement[]): boolean {
  return statements[statements.length - 1]?.kind === "return";
}

/** Stores that the test finds empty: `!x`, `x === undefined`, `!map.has(k)`. */
function emptyStores(scope: Scope, test: Expression, reads: ReadonlyMap<BindingId, string>): string[] {
  if (test.kind === "logical") return [...emptyStores(scope, test.left, reads), ...emptyStores(scope, test.right, reads)];
  if (test.kind === "unary" && test.operator === "!") return present(scope, test.value, reads);
  if (test.kind === "binary" && (test.operator === "===" || test.operator === "==")) return compared(scope, test, reads);
  return [];
}

/** Stores that the test finds filled: `x`, `x !== undefined`, `map.has(k)`. */
function fullStores(scope: Scope, test: Expression, reads: ReadonlyMap<BindingId, string>): string[] {
  if (test.kind === "logical" && test.operator === "&&")
    return [...fullStores(scope, test.left, reads), ...fullStores(scope, test.right, reads)];
  if (test.kind === "binary" && (test.operator === "!==" || test.operator === "!=")) return compared(scope, test, reads);
  return present(scope, test, reads);
}

function compared(scope: Scope, test: Extract<Expression, { kind: "binary" }>, reads: ReadonlyMap<BindingId, string>): string[] {
  if (isNothing(test.right)) return present(scope, test.left, reads);
  if (isNothing(test.left)) return present(scope, test.right, reads);
  return test.left.kind === "unary" && test.left.operator === "typeof" ? present(scope, test.left.value, reads) : [];
}

function isNothing(e: Expression): boolean {
  return (
    (e.kind === "literal" && (e.type === "undefined" || e.type === "null")) ||
    (e.kind === "name" && e.name === "undefined") ||
    (e.kind === "unary" && e.operator === "void")
  );
}

function present(scope: Scope, e: Expression, reads: ReadonlyMap<BindingId, string>): string[] {
  if (e.kind === "call" && e.callee.kind === "member" && e.callee.name === "has")
    return [storeOf(scope, e.callee.object) ?? ""].filter((store) => store !== "");
  if (e.kind === "binary" && e.operator === "in") return [storeOf(scope, e.right) ?? ""].filter((store) => store !== "");
  const attribute = attributeOf(e, "hasattr");
  if (attribute !== undefined) return [attribute];
  const store = readOf(scope, e, reads);
  return store === undefined ? [] : [store];
}

/** The store that the expression reads: directly, by key, or through a variable that was read from it. */
function readOf(scope: Scope, e: Expression, reads: ReadonlyMap<BindingId, string>): string | undefined {
  if (e.kind === "await" || e.kind === "cast") return readOf(scope, e.value, reads);
  if (e.kind === "name" && reads.has(e.binding)) return reads.get(e.binding);
  if (e.kind === "call" && e.callee.kind === "member" && e.callee.name === "get") return holderOf(scope, e.callee.object);
  if (e.kind === "member" && e.computed !== undefined) return storeOf(scope, e.object);
  return attributeOf(e, "getattr") ?? storeOf(scope, e);
}

/** `hasattr(user, name)`, `getattr(user, name, None)`, `setattr(user, name, value)`: an attribute that is asked for like this is kept on what the function was given. */
function attributeOf(e: Expression, by: "hasattr" | "getattr" | "setattr"): string | undefined {
  if (e.kind !== "call" || e.callee.kind !== "name" || e.callee.name !== by || e.callee.binding >= 0) return undefined;
  const [object, name] = e.args;
  return object === undefined || name === undefined ? undefined : attributeKey(object.value, name.value);
}

function attributeKey(object: Expression, name: Expression): string | undefined {
  const [of, attribute] = [wordsOf(object), name.kind === "literal" ? String(name.value) : wordsOf(name)];
  return of === "" || attribute === "" ? undefined : `attribute ${of}.${attribute}`;
}

/** A variable of the module or a field of `this`, with its property path; constants of the module only by what is in them. */
function storeOf(scope: Scope, e: Expression): string | undefined {
  if (e.kind === "this") return "this";
  if (e.kind === "cast") return storeOf(scope, e.value);
  if (e.kind === "member" && e.computed === undefined) {
    const object = storeOf(scope, e.object);
    return object === undefined ? undefined : `${object}.${e.name}`;
  }
  if (e.kind !== "name" || e.binding < 0) return undefined;
  const binding = scope.unit.facts.bindings[e.binding];
  // A variable of the module or of an outer function outlives the call.
  const outlives = binding !== undefined && (binding.owner === 0 || binding.owner !== scope.fn);
  return outlives && binding.kind !== "import" && binding.kind !== "function" && binding.kind !== "type" ? `b${e.binding}` : undefined;
}

/** What `get` and `set` are called on. In Python it may come from elsewhere: `from django.core.cache import cache`, `caches["short"]`. */
function holderOf(scope: Scope, e: Expression): string | undefined {
  const store = storeOf(scope, e);
  if (store !== undefined || scope.unit.facts.language !== "python") return store;
  if (e.kind === "name" && e.binding >= 0) return scope.unit.facts.bindings[e.binding]?.kind === "import" ? `b${e.binding}` : undefined;
  if (e.kind !== "member" || (e.computed !== undefined && e.computed.kind !== "literal")) return undefined;
  const object = holderOf(scope, e.object);
  return object === undefined ? undefined : `${object}.${e.computed === undefined ? e.name : String(e.computed.value)}`;
}

function storeOfTarget(scope: Scope, target: Pattern): string | undefined {
  if (target.kind === "bind")
    return storeOf(scope, { kind: "name", name: target.name, binding: target.binding, at: target.at, end: target.at });
  if (target.kind !== "member") return undefined;
  return target.target.computed === undefined ? storeOf(scope, target.target) : storeOf(scope, target.target.object);
}

/** Do the statements put something into the store that is no constant (a flag is no memory)? */
function fills(scope: Scope, statements: readonly Statement[], store: string): boolean {
  return statements.some((s) => {
    switch (s.kind) {
      case "assign":
        return (
          (storeOfTarget(scope, s.target) === store && s.value !== undefined && s.value.kind !== "literal") ||
          (s.target.kind === "member" && store === `attribute ${wordsOf(s.target.target)}`) ||
          (s.value !== undefined && puts(scope, s.value, store))
        );
      case "expression":
        return puts(scope, s.value, store);
      case "return":
        return s.value !== undefined && puts(scope, s.value, store);
      case "branch":
        return fills(scope, s.then, store) || fills(scope, s.else, store);
      case "try":
        return fills(scope, s.body, store) || fills(scope, s.finalizer ?? [], store);
      case "block":
      case "with":
        return fills(scope, s.body, store);
      default:
        return false;
    }
  });
}

function puts(scope: Scope, e: Expression, store: string): boolean {
  switch (e.kind) {
    case "await":
    case "cast":
      return puts(scope, e.value, store);
    case "assign":
      return (storeOfTarget(scope, e.target) === store && e.value.kind !== "literal") || puts(scope, e.value, store);
    case "call":
      if (attributeOf(e, "setattr") === store) return true;
      return (
        e.callee.kind === "member" && (e.callee.name === "set" || e.callee.name === "add") && holderOf(scope, e.callee.object) === store
      );
    case "logical":
      return puts(scope, e.left, store) || puts(scope, e.right, store);
    case "sequence":
      return e.values.some((value) => puts(scope, value, store));
    default:
      return false;
  }
}
