import type { Where } from "./effect.ts";

/** A type whose project classes declare, field by field, what is read of the things that their instances are made for. */
export interface SerializerSpec {
  /** Where the thing, or the list of things, stands in the call that makes one; and the flag that says it is a list. */
  readonly instance: Where;
  readonly many: Where;
  /** Method that shows one thing, when the project has its own. */
  readonly represents: string;
  /** Class inside of the class that lists fields of the model, or those that are left out. */
  readonly meta: string;
  readonly fields: string;
  readonly exclude: string;
}

/** What a declared field reads: what its source names; a method's answer; a key; the text of a row; one column of it. */
export type Shows = "source" | "method" | "key" | "text" | "slug";
