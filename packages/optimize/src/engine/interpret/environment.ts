/** Environments: bindings to values, chained from the innermost branch to the module. */
import type { BindingId } from "../../model/facts.ts";
import { foreign } from "./foreign-values.ts";
import { bare } from "./value.ts";
import { join } from "./joins.ts";
import { addReader, tellReaders } from "./readers.ts";
import type { Reader, Readers } from "./readers.ts";
import type { Value } from "./value.ts";

/** Who made the frame; values seen from elsewhere lose their tokens, which mean nothing there. */
export type Owner = object;

let lastId = 0;
const nothing: ReadonlyMap<BindingId, Value> = new Map();

export class Environment {
  /** Tells environments apart in the keys of summaries. */
  readonly id = ++lastId;
  /** Written through the methods alone: most overlays of a branch never hold anything. */
  values: ReadonlyMap<BindingId, Value> = nothing;
  readonly parent: Environment | undefined;
  readonly owner: Owner;
  /** A module's frame: shared by all activations, so writes join and readers are told. */
  readonly shared: boolean;
  readers: Readers<BindingId> | undefined;
  /** What was declared (not only assigned) here. */
  declared: Set<BindingId> | undefined;

  constructor(parent: Environment | undefined, owner: Owner, shared = false) {
    this.parent = parent;
    this.owner = owner;
    this.shared = shared;
  }

  /** Value of a binding as seen by `viewer`. */
  get(binding: BindingId, viewer: Owner, reader?: Reader): Value | undefined {
    for (let env: Environment | undefined = this; env !== undefined; env = env.parent) {
      const value = env.values.get(binding);
      if (value !== undefined) {
        if (env.shared && reader !== undefined && viewer !== env.owner) env.watch(binding, reader);
        return env.owner === viewer ? value : foreign(value);
      }
      if (env.shared && reader !== undefined && viewer !== env.owner) env.watch(binding, reader);
    }
    return undefined;
  }

  private watch(binding: BindingId, reader: Reader): void {
    addReader((this.readers ??= new Map()), binding, reader);
  }

  /** Declares in this frame. */
  declare(binding: BindingId, value: Value): void {
    (this.declared ??= new Set()).add(binding);
    this.put(binding, value);
  }

  /** Assigns: in a frame of the same activation the nearest overlay takes it; elsewhere it joins what is there. */
  assign(binding: BindingId, value: Value, writer: Owner): void {
    let env: Environment = this;
    while (!env.values.has(binding)) {
      if (env.parent === undefined || env.shared) break;
      env = env.parent;
    }
    if (env.owner === writer) {
      this.put(binding, value);
      return;
    }
    const before = env.values.get(binding);
    env.put(binding, before === undefined ? bare(value) : join(before, bare(value)));
  }

  private put(binding: BindingId, value: Value): void {
    const before = this.shared ? this.values.get(binding) : undefined;
    this.overlay(binding, value);
    if (this.shared && grew(before, value)) tellReaders(this.readers, binding);
  }

  /** Puts a value here, whatever is further out, and tells nobody. */
  overlay(binding: BindingId, value: Value): void {
    if (this.values === nothing) this.values = new Map();
    (this.values as Map<BindingId, Value>).set(binding, value);
  }

  /** Takes the joined bindings of two branches that both started from this frame. */
  merge(then: Environment, otherwise: Environment): void {
    for (const [binding, value] of then.values) {
      const other = otherwise.values.get(binding) ?? this.peek(binding);
      this.put(binding, other === undefined ? value : join(value, other));
    }
    for (const [binding, value] of otherwise.values) {
      if (then.values.has(binding)) continue;
      const other = this.peek(binding);
      this.put(binding, other === undefined ? value : join(value, other));
    }
  }

  /** The binding was declared in a frame opened after `mark`'s loop began. */
  declaredInside(binding: BindingId, mark: { readonly outside?: Environment | undefined }): boolean {
    for (let env: Environment | undefined = this; env !== undefined && env !== mark.outside; env = env.parent) {
      if (env.declared?.has(binding) === true) return true;
    }
    return false;
  }

  /** Is the binding declared here or further out? */
  holds(binding: BindingId): boolean {
    return this.peek(binding) !== undefined;
  }

  /** The value without taking note of who reads it. */
  peek(binding: BindingId): Value | undefined {
    for (let env: Environment | undefined = this; env !== undefined; env = env.parent) {
      const value = env.values.get(binding);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Takes over all bindings of the one branch that goes on. */
  adopt(branch: Environment): void {
    for (const [binding, value] of branch.values) this.put(binding, value);
  }
}

export function grew(before: Value | undefined, after: Value): boolean {
  if (before === undefined) return after.what.length > 0;
  return before !== after && after.what.length > before.what.length;
}
