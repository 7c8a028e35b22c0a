/** Prefixes that a group of routes is given after it was written: `router.group(() => { router.get("/", list) }).prefix("/orders")`. */
import { joinPaths } from "./naming.ts";
import type { Registration } from "./world.ts";

interface Group {
  readonly at: number;
  readonly end: number;
  readonly prefix: string | undefined;
}

/** Groups by the unit in which they stand, outer ones first. */
export type Groups = ReadonlyMap<number, readonly Group[]>;

export function groupsIn(registrations: readonly Registration[]): Groups {
  const found = new Map<number, Group[]>();
  const groups = registrations.filter((one) => one.spec.kind === "group");
  if (groups.length === 0) return found;
  const prefixes = new Map<string, string>();
  for (const one of registrations)
    if (one.spec.kind === "base" && one.path !== undefined) prefixes.set(one.owner, joinPaths(prefixes.get(one.owner), one.path));
  for (const { unit, node } of groups) {
    const list = found.get(unit.index) ?? [];
    list.push({ at: node.at, end: node.end, prefix: prefixes.get(`${String(unit.index)}:${String(node.at)}`) });
    found.set(unit.index, list);
  }
  for (const list of found.values()) list.sort((a, b) => a.at - b.at || b.end - a.end);
  return found;
}

/** The prefixes of all groups around the place that registers. */
export function groupPrefix(groups: Groups, { unit, node }: Registration): string {
  const around = (groups.get(unit.index) ?? []).filter((group) => group.at < node.at && node.end <= group.end);
  return joinPaths(...around.map((group) => group.prefix));
}
