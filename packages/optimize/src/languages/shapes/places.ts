/** Short forms for the places and results that tables of libraries name over and over. */
import type { Where } from "../../model/effect.ts";
import type { ResultSpec } from "../../model/library.ts";

/** Argument `arg`, or properties of it: `at(0)`, `at(0, "limit", "take")`. */
export function at(arg: number, ...properties: readonly string[]): readonly Where[] {
  return properties.length === 0 ? [{ arg }] : properties.map((property) => ({ arg, property }));
}

/** The same property in several arguments: `anywhere([0, 1], "timeout")`. */
export function anywhere(args: readonly number[], property: string): readonly Where[] {
  return args.map((arg) => ({ arg, property }));
}

/** A property of the argument when it is an object with that property, else the argument itself. */
export function within(arg: number, ...properties: readonly string[]): Where {
  return properties.reduceRight<Where>((or, property) => ({ arg, property, or }), { arg });
}

/** Position of arguments that have a name only. */
const nameOnly = 99;

/** The argument of that name, or at that position: `named("timeout")`, `named("url", 0)`. */
export function named(keyword: string, arg: number = nameOnly): Where {
  return { arg, keyword };
}

/** The same entry under several keys, which blanks part. */
export function names<const Spec>(keys: string, spec: Spec): Record<string, Spec> {
  return Object.fromEntries(
    keys
      .split(/\s+/)
      .filter((key) => key !== "")
      .map((key) => [key, spec]),
  );
}

/** An instance of a type of the library that keeps the receiver's table. */
export function one(type: string): ResultSpec {
  return { type, table: "receiver" };
}

/** A list of instances of a type of the library that keep the receiver's table. */
export function many(type: string): ResultSpec {
  return { type, table: "receiver", list: true };
}
