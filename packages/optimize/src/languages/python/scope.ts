/**
 * Scopes and bindings in one pass: references wait in a list until the scope that binds their name closes, so that a
 * name bound below its use, or behind it as in a comprehension, needs no walk of its own.
 */
import type { BindingId, FunctionId } from "../../model/facts.ts";
import type { MemberExpression, NameExpression } from "../../model/facts-expressions.ts";
import type { Pattern } from "../../model/facts-statements.ts";
import type { BindingDraft, ClassDraft, Reading, Reference, Scope } from "./reading.ts";

/** A name of a class body: a member of the class, no variable. */
const member = -3;
/** A type parameter: it stands for nothing outside and hides outer names. */
const hidden = -2;

export function openScope(r: Reading, owner: FunctionId, kind: Scope["kind"], draft?: ClassDraft): Scope {
  const outer = r.scope;
  r.scope = {
    parent: outer,
    owner,
    kind,
    mark: r.references.length,
    names: undefined,
    outer: undefined,
    hoisted: undefined,
    nested: undefined,
    class: draft,
  };
  return outer;
}

/** Notes that `node` names `name`; its `binding` is set when the scope that binds the name closes. */
export function refer(r: Reading, node: Reference, name: string): void {
  r.references.push(node);
  r.names.push(name);
  r.users.push(r.fn);
}

/** Takes back the last reference, if it is `node`: what looked like a use was none. */
export function unrefer(r: Reading, node: Reference): void {
  const last = r.references.length - 1;
  if (r.references[last] === node) truncate(r, last);
}

function truncate(r: Reading, length: number): void {
  r.references.length = length;
  r.names.length = length;
  r.users.length = length;
}

/**
 * Resolves what the scope binds and makes `outer` current again. References from `mark` on belong to it, but for those
 * between `from` and `to`: the first iterable of a comprehension is evaluated outside.
 */
export function closeScope(r: Reading, outer: Scope | undefined, mark = r.scope.mark, from = -1, to = -1): void {
  const { scope, references, names, users } = r;
  const bound = scope.names;
  if (bound !== undefined) {
    let kept = mark;
    for (let i = mark; i < references.length; i++) {
      const reference = references[i] as Reference;
      const name = names[i] as string;
      const user = users[i] as FunctionId;
      let binding = i >= from && i < to ? undefined : bound.get(name);
      // Functions do not see the names of the class around them.
      if (binding === member && (user !== scope.owner || scope.before?.has(reference) === true)) binding = undefined;
      if (binding === undefined) {
        references[kept] = reference;
        names[kept] = name;
        users[kept] = user;
        kept++;
      } else if (binding === member) {
        const object = asMember(reference, scope.class?.name ?? "");
        if (object === undefined) continue;
        references[kept] = object;
        names[kept] = object.name;
        users[kept] = user;
        kept++;
      } else if (binding !== hidden) {
        reference.binding = binding;
        const owner = r.bindings[binding]?.owner ?? 0;
        if (user !== owner && owner !== 0) capture(r, binding, user, owner);
      }
    }
    truncate(r, kept);
  }
  if (outer !== undefined) r.scope = outer;
}

/** A name of a class body, as the member of the class that it is; gives the reference to the class. */
function asMember(reference: Reference, name: string): NameExpression | undefined {
  const node = reference as unknown as Record<string, unknown>;
  const object: NameExpression = { kind: "name", name, binding: -1, at: Number(node["at"] ?? 0), end: Number(node["at"] ?? 0) };
  if (Array.isArray(node["path"])) {
    node["path"] = [name, ...(node["path"] as string[])];
    return reference as NameExpression;
  }
  if (node["kind"] !== "name") return undefined;
  delete node["binding"];
  Object.assign(node, { kind: "member", object, optional: false });
  return object;
}

function capture(r: Reading, binding: BindingId, user: FunctionId, owner: FunctionId): void {
  for (let f = user; f !== owner && f > 0; f = r.parents[f] ?? 0) {
    const captured = r.captures[f];
    if (captured !== undefined && !captured.includes(binding)) captured.push(binding);
  }
}

/** The binding of a name in a scope; made when there is none. */
export function declareIn(r: Reading, scope: Scope, name: string, kind: BindingDraft["kind"]): BindingId {
  const names = (scope.names ??= new Map<string, BindingId>());
  const known = names.get(name);
  if (known !== undefined && known !== hidden) return known;
  const id = r.bindings.length;
  r.bindings.push({ name, owner: scope.owner, kind });
  names.set(name, id);
  return id;
}

/** The scope in which a statement binds its names: comprehensions have no statements. */
function bindingScope(r: Reading): Scope {
  let { scope } = r;
  while (scope.kind === "comprehension" && scope.parent !== undefined) scope = scope.parent;
  return scope;
}

/** Binds a name by an assignment, a loop, an import … where it stands. */
export function bind(r: Reading, name: string, at: number, end: number): Pattern {
  return bindIn(r, bindingScope(r), name, at, end);
}

/** Binds a name in a given scope. */
export function bindIn(r: Reading, scope: Scope, name: string, at: number, end: number): Pattern {
  if (name === r.self && scope.kind !== "class") r.self = undefined;
  if (scope.kind === "class") return { kind: "member", target: classMember(r, scope, name, at, end), at };
  if (scope.outer?.has(name) === true) {
    const target = { kind: "bind" as const, binding: -1, name, at };
    refer(r, target, name);
    r.bound++;
    return target;
  }
  const count = r.bindings.length;
  const binding = declareIn(r, scope, name, "let");
  if (r.bindings.length > count) {
    r.fresh++;
    if (r.blocks > 0) (scope.nested ??= new Set()).add(name);
  } else {
    r.bound++;
    if (scope.nested?.has(name) === true) (scope.hoisted ??= new Set()).add(name);
  }
  return { kind: "bind", binding, name, at };
}

/** `K.name`, for a name that the body of class K binds. */
export function classMember(r: Reading, scope: Scope, name: string, at: number, end: number): MemberExpression {
  const names = (scope.names ??= new Map<string, BindingId>());
  if (names.get(name) !== member)
    for (let i = scope.mark; i < r.references.length; i++)
      if (r.names[i] === name && r.users[i] === scope.owner) (scope.before ??= new Set()).add(r.references[i] as Reference);
  names.set(name, member);
  const object: NameExpression = { kind: "name", name: scope.class?.name ?? "", binding: -1, at, end: at };
  referOutside(r, object, scope);
  return { kind: "member", object, name, optional: false, at, end };
}

/** The class's own name is bound outside of its body. */
function referOutside(r: Reading, object: NameExpression, scope: Scope): void {
  // A member that is called as its class hides it only inside of the body: rare enough to be left alone.
  if (scope.names?.get(object.name) !== member) refer(r, object, object.name);
}

/** Declares what a function or class statement defines; the last one of a name wins, as at run time. */
export function define(r: Reading, name: string, kind: "function" | "class", definition: number): void {
  const { scope } = r;
  if (scope.kind === "class") {
    (scope.names ??= new Map<string, BindingId>()).set(name, member);
    return;
  }
  if (scope.outer?.has(name) === true) return;
  const draft = r.bindings[declareIn(r, scope, name, kind)] as BindingDraft;
  if (draft.kind !== kind && draft.kind !== "let") return;
  draft.kind = kind;
  draft.definition = definition;
}

/** Declares a type parameter of the current scope. */
export function hideType(r: Reading, name: string): void {
  (r.scope.names ??= new Map<string, BindingId>()).set(name, hidden);
}

/** `global x`: the name is the module's. */
export function makeGlobal(r: Reading, name: string): void {
  const { scope } = r;
  const binding = declareIn(r, r.module, name, "let");
  if (scope.kind === "function") (scope.names ??= new Map<string, BindingId>()).set(name, binding);
}

/** `nonlocal x`: the name is bound further out. */
export function makeOuter(r: Reading, name: string): void {
  (r.scope.outer ??= new Set()).add(name);
}
