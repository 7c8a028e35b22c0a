/** A module that is used both by named imports and through its default object. */
import type { ExportSpec, MethodSpec, TypeSpec } from "../../model/library.ts";

interface Namespace {
  readonly exports: Record<string, ExportSpec>;
  readonly types: Record<string, TypeSpec>;
}

/**
 * Exports and types of a module object: `default` answers `require` and namespace calls, and each member is a named export too.
 * `own` names the type of the whole object; a member's type is called `own.member`.
 */
export function namespace(own: string, members: Readonly<Record<string, MethodSpec | string>>, call?: MethodSpec): Namespace {
  const exports: Record<string, ExportSpec> = { default: { value: own } };
  const types: Record<string, TypeSpec> = { [own]: call === undefined ? { members } : { members, call } };
  for (const [name, spec] of Object.entries(members)) {
    if (typeof spec === "string") {
      exports[name] = { value: spec };
    } else if (!name.endsWith("*")) {
      exports[name] = { value: `${own}.${name}` };
      types[`${own}.${name}`] = { call: spec };
    }
  }
  return { exports, types };
}
