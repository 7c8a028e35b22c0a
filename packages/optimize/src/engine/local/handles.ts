/** Functions, effects and handles: who lets go of what was acquired. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { FunctionId } from "../../model/facts.ts";
import type { Reading } from "./reading.ts";
import { keyOf } from "./reading.ts";
import type { FileText, Site, Spot } from "./text.ts";
import { wordsOf } from "../interpret/unit.ts";

const effects: ReadonlySet<string> = new Set(["useEffect", "useLayoutEffect", "useInsertionEffect"]);

/** The name of a function of a package, however it was imported: `useEffect`, `React.useEffect`. */
export function importedName(r: Reading, e: Expression, packages: ReadonlySet<string>): string | undefined {
  if (e.kind === "name") {
    const from = r.t.facts.bindings[e.binding]?.from;
    return from !== undefined && packages.has(from.specifier) ? from.name : undefined;
  }
  if (e.kind !== "member" || e.object.kind !== "name") return undefined;
  const from = r.t.facts.bindings[e.object.binding]?.from;
  return from !== undefined && packages.has(from.specifier) && (from.name === "*" || from.name === "default") ? e.name : undefined;
}

export const react: ReadonlySet<string> = new Set(["react", "preact/hooks", "preact/compat"]);

const svelte: ReadonlySet<string> = new Set(["svelte"]);

/** The function stands as the effect of a component. */
export function isEffect(r: Reading, fn: FunctionId): boolean {
  const site = r.t.standing.get(fn);
  const call = site?.parent;
  if (call?.kind !== "call" || call.args[0]?.value !== site?.e) return false;
  return effects.has(importedName(r, call.callee, react) ?? "") || importedName(r, call.callee, svelte) === "onMount";
}

/** Packages whose components say in functions what they do when they are mounted, and in others what when they are unmounted. */
const mounted: ReadonlySet<string> = new Set(["vue", "@vue/composition-api", "solid-js"]);

/** The function runs each time when a component is mounted: `onMounted(() => …)`. */
export function isMounting(r: Reading, fn: FunctionId): boolean {
  const site = r.t.standing.get(fn);
  const call = site?.parent;
  if (call?.kind !== "call" || call.args[0]?.value !== site?.e) return false;
  return /^on(?:Mount|Mounted|Activated)$/.test(importedName(r, call.callee, mounted) ?? "");
}

/** What undoes an effect: the function that it gives back, or those that run when its component is unmounted; true when they cannot be read. */
export function cleanupsOf(r: Reading, effect: FunctionId): readonly FunctionId[] | true {
  if (!isMounting(r, effect)) {
    const given = cleanupOf(r, effect);
    return given === true ? true : given === undefined ? [] : [given];
  }
  const out: FunctionId[] = [];
  for (const { e } of r.t.calls) {
    if (!/^on(?:BeforeUnmount|Unmounted|Deactivated|ScopeDispose|Cleanup)$/.test(importedName(r, e.callee, mounted) ?? "")) continue;
    const fn = e.args[0] === undefined ? undefined : functionOf(r, e.args[0].value);
    if (fn === undefined) return true;
    out.push(fn);
  }
  return out;
}

/** Functions around, the innermost first. */
export function around(r: Reading, fn: FunctionId): FunctionId[] {
  const out: FunctionId[] = [];
  let current = r.t.facts.functions[fn];
  for (let guard = 0; current !== undefined && guard < 32; guard++) {
    out.push(current.id);
    if (current.id === 0) break;
    current = r.t.facts.functions[current.parent];
  }
  return out;
}

/** What the effect gives back: the clean-up, by its function; true when it is something that cannot be read. */
function cleanupOf(r: Reading, effect: FunctionId): FunctionId | true | undefined {
  let found: FunctionId | true | undefined;
  for (const { s, spot } of r.t.statements) {
    if (spot.fn !== effect || s.kind !== "return" || s.value === undefined || s.value.kind === "literal") continue;
    const fn = functionOf(r, s.value);
    if (fn === undefined) return true;
    found = fn;
  }
  return found;
}

/** The function that an expression is, in this file. */
export function functionOf(r: Reading, e: Expression): FunctionId | undefined {
  if (e.kind === "function") return e.function;
  if (e.kind !== "name" || e.binding < 0) return undefined;
  const declared = r.t.facts.bindings[e.binding];
  if (declared?.kind === "function") return declared.definition;
  const writes = r.t.bindings.get(e.binding)?.writes ?? [];
  const [only] = writes;
  return writes.length === 1 && only?.value !== undefined
    ? only.value.kind === "function"
      ? only.value.function
      : memoised(only.value)
    : undefined;
}

/** `useCallback(fn, [])` */
function memoised(e: Expression): FunctionId | undefined {
  const inner = e.kind === "call" ? e.args[0]?.value : undefined;
  return inner?.kind === "function" && e.kind === "call" && wordsOf(e.callee).endsWith("useCallback") ? inner.function : undefined;
}

/** The variable belongs to a function around the one that runs here, which that function gives away: it may run again and again with the same variable. */
export function isShared(r: Reading, e: Expression, fn: FunctionId): boolean {
  if (e.kind !== "name" || e.binding < 0) return false;
  const owner = r.t.facts.bindings[e.binding]?.owner;
  const inside = around(r, fn);
  const within = owner === undefined ? -1 : inside.indexOf(owner);
  return owner !== 0 && inside.slice(0, Math.max(0, within)).some((one) => isGivenAway(r, one));
}

/** `return function () { … }`, also under a name. */
function isGivenAway(r: Reading, fn: FunctionId): boolean {
  return r.t.statements.some(({ s }) => s.kind === "return" && s.value !== undefined && functionOf(r, plain(s.value)) === fn);
}

function plain(e: Expression): Expression {
  return e.kind === "cast" ? plain(e.value) : e;
}

/** The same variable, field or words: two expressions that mean the same thing in one file. */
export function sameThing(r: Reading, a: Expression, aSpot: Spot, b: Expression, bSpot: Spot): boolean {
  const key = keyOf(r, a, aSpot);
  if (key !== "") return key === keyOf(r, b, bSpot);
  const words = wordsOf(a);
  return words !== "" && words === wordsOf(b);
}

const byName = new WeakMap<FileText, Map<string, (Site & { readonly e: CallExpression })[]>>();

/** Calls of the file by the name of the method or function that is called. */
export function callsNamed({ t }: Reading, names: ReadonlySet<string>): readonly (Site & { readonly e: CallExpression })[] {
  let known = byName.get(t);
  if (known === undefined) {
    byName.set(t, (known = new Map()));
    for (const site of t.calls) {
      const name = calledName(site.e);
      const list = known.get(name);
      if (list === undefined) known.set(name, [site]);
      else list.push(site);
    }
  }
  return [...names].flatMap((name) => known.get(name) ?? []);
}

export function calledName({ callee }: CallExpression): string {
  return callee.kind === "member" || callee.kind === "name" ? callee.name : "";
}

export function textOf(e: Expression | undefined): string | undefined {
  return e?.kind === "literal" && typeof e.value === "string" ? e.value : undefined;
}
