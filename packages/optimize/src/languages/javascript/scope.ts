/**
 * Scopes and bindings in one pass: references wait in a list until the scope that declares their name closes, so that
 * hoisted functions, `var` and later `const` need no walk of their own.
 */
import type { BindingId, FunctionId } from "../../model/facts.ts";
import { eitherSpace, typeSpace, valueSpace } from "./lowering.ts";
import type { BindingDraft, Lowering, Reference, Scope, Space } from "./lowering.ts";

/** A name that stands for nothing outside (type parameters); it hides outer names. */
const hidden = -2;

export function openScope(c: Lowering, owner: FunctionId, hoists: boolean): Scope {
  const outer = c.scope;
  c.scope = { parent: outer, owner, hoists, mark: c.references.length, names: undefined, types: undefined };
  return outer;
}

/** Resolves what the scope declares and makes `outer` current again. */
export function closeScope(c: Lowering, outer: Scope): void {
  resolve(c, c.scope);
  c.scope = outer;
}

/** Notes that `node` names `name`; its `binding` is set when the declaring scope closes. */
export function refer(c: Lowering, node: Reference, name: string, space: Space): void {
  c.references.push(node);
  c.names.push(name);
  c.users.push(c.fn);
  c.spaces.push(space);
}

function lookUp(scope: Scope, name: string, space: Space): BindingId | undefined {
  if (space === valueSpace) return scope.names?.get(name);
  if (space === typeSpace) return scope.types?.get(name) ?? scope.names?.get(name);
  return scope.names?.get(name) ?? scope.types?.get(name);
}

function resolve(c: Lowering, scope: Scope): void {
  if (scope.names === undefined && scope.types === undefined) return;
  const { references, names, users, spaces } = c;
  let kept = scope.mark;
  for (let i = scope.mark; i < references.length; i++) {
    const reference = references[i] as Reference;
    const name = names[i] as string;
    const user = users[i] as FunctionId;
    const space = spaces[i] as Space;
    const binding = lookUp(scope, name, space);
    if (binding === undefined) {
      references[kept] = reference;
      names[kept] = name;
      users[kept] = user;
      spaces[kept] = space;
      kept++;
    } else if (binding !== hidden) {
      reference.binding = binding;
      if (space === valueSpace && user !== scope.owner && scope.owner !== 0) capture(c, binding, user, scope.owner);
    }
  }
  references.length = kept;
  names.length = kept;
  users.length = kept;
  spaces.length = kept;
}

function capture(c: Lowering, binding: BindingId, user: FunctionId, owner: FunctionId): void {
  for (let f = user; f !== owner && f > 0; f = c.parents[f] ?? 0) {
    const captured = c.captures[f];
    if (captured === undefined || captured.includes(binding)) continue;
    captured.push(binding);
  }
}

function add(c: Lowering, scope: Scope, name: string, kind: BindingDraft["kind"]): BindingId {
  const id = c.bindings.length;
  c.bindings.push({ name, owner: scope.owner, kind });
  return id;
}

/** Declares a value in the current scope; the same name again is the same binding. */
export function declare(c: Lowering, name: string, kind: BindingDraft["kind"]): BindingId {
  return declareIn(c, c.scope, name, kind);
}

/** Declares a `var`: it belongs to the nearest function. */
export function declareVar(c: Lowering, name: string): BindingId {
  let scope = c.scope;
  while (!scope.hoists && scope.parent !== undefined) scope = scope.parent;
  return declareIn(c, scope, name, "let");
}

function declareIn(c: Lowering, scope: Scope, name: string, kind: BindingDraft["kind"]): BindingId {
  const names = (scope.names ??= new Map<string, BindingId>());
  const known = names.get(name);
  if (known !== undefined) return known;
  const id = add(c, scope, name, kind);
  names.set(name, id);
  return id;
}

/** Declares what a function or class declaration defines; the last one of a name wins, as at run time. */
export function declareDefinition(c: Lowering, name: string, kind: "function" | "class", definition: number): BindingId {
  const id = declare(c, name, kind);
  const draft = c.bindings[id] as BindingDraft;
  if (draft.kind === kind || draft.kind === "let") {
    draft.kind = kind;
    draft.definition = definition;
  }
  return id;
}

/** Declares an interface or type alias: types and values have names of their own. */
export function declareType(c: Lowering, name: string): BindingId {
  const types = (c.scope.types ??= new Map<string, BindingId>());
  const known = types.get(name);
  if (known !== undefined) return known;
  const id = add(c, c.scope, name, "type");
  types.set(name, id);
  return id;
}

/** Declares a type parameter: its name means nothing outside and hides outer types. */
export function hideType(c: Lowering, name: string): void {
  (c.scope.types ??= new Map<string, BindingId>()).set(name, hidden);
}

/** Closes the module scope: `module` and `exports` become bindings, undeclared assigned names implicit ones. Says whether the file speaks CommonJS. */
export function closeModule(c: Lowering): boolean {
  resolve(c, c.scope);
  let commonjs = false;
  const found = (c.scope.names ??= new Map<string, BindingId>());
  for (let i = 0; i < c.references.length; i++) {
    const name = c.names[i] as string;
    if (c.spaces[i] === typeSpace) continue;
    if (name === "module" || name === "exports") {
      commonjs = true;
      declareIn(c, c.scope, name, "module");
    } else if (name === "require" && c.spaces[i] !== eitherSpace) {
      commonjs = true;
    } else if (c.written.has(c.references[i] as Reference) && !found.has(name)) {
      declareIn(c, c.scope, name, "implicit");
    }
  }
  resolve(c, c.scope);
  return commonjs;
}
