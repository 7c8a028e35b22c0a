/** Orders: `{ at: "desc" }`, `[["at", "DESC"]]`, `order_by("-at")`, `sort({ at: -1 })`, `sort("-at")`. */
import type { AskedSort, QueryShape } from "../../../model/query-shape.ts";
import type { Value } from "../value.ts";
import { constantOf } from "../value.ts";

export function sortOf(value: Value): Partial<QueryShape> {
  const sort: AskedSort[] = [];
  const whole = read(value, sort, 0);
  if (whole === "random") return { random: true };
  return whole && sort.length > 0 ? { sort, sortOpen: false } : { sort: [], sortOpen: true };
}

/** Several arguments: `order_by("-at", "id")`. None: the order of the table does not hold. */
export function sortOfArguments(args: readonly Value[]): Partial<QueryShape> {
  if (args.length === 0) return { sort: [], unsorted: true, sortOpen: false };
  const sort: AskedSort[] = [];
  let open = false;
  for (const arg of args) {
    const whole = read(arg, sort, 0);
    if (whole === "random") return { random: true };
    if (!whole) open = true;
  }
  return { sort: open ? [] : sort, sortOpen: open, unsorted: true };
}

function read(value: Value, into: AskedSort[], depth: number): boolean | "random" {
  if (depth > 3 || value.what.length !== 1) return false;
  const [origin] = value.what;
  if (origin?.kind === "const" && typeof origin.value === "string") return readText(origin.value, into);
  if (origin?.kind === "array") {
    const { elements } = origin;
    if (elements === undefined) return false;
    const [column, direction] = elements;
    const text = column === undefined ? undefined : constantOf(column)?.value;
    const way = direction === undefined ? undefined : constantOf(direction)?.value;
    if (typeof text === "string" && depth > 0 && elements.length === 2 && (typeof way === "string" || typeof way === "number")) {
      into.push({ column: text, order: isDown(way) ? "desc" : "asc" });
      return true;
    }
    if (
      typeof text === "string" &&
      typeof way === "string" &&
      /^(?:asc|desc)(?: nulls (?:first|last))?$/i.test(way) &&
      elements.length === 2
    ) {
      into.push({ column: text, order: isDown(way) ? "desc" : "asc" });
      return true;
    }
    for (const element of elements) {
      const one = read(element, into, depth + 1);
      if (one !== true) return one;
    }
    return true;
  }
  if (origin?.kind === "object" && origin.object.rest === undefined && origin.object.literal) {
    for (const [name, inner] of origin.object.props) {
      const way = constantOf(inner)?.value ?? nested(inner);
      if (typeof way !== "string" && typeof way !== "number") return false;
      into.push({ column: name, order: isDown(way) ? "desc" : "asc" });
    }
    return origin.object.props.size > 0;
  }
  return false;
}

/** Prisma's `{ at: { sort: "desc", nulls: "last" } }`. */
function nested(value: Value): string | number | undefined {
  for (const origin of value.what) {
    const way = origin.kind === "object" ? origin.object.props.get("sort") : undefined;
    const constant = way === undefined ? undefined : constantOf(way)?.value;
    if (typeof constant === "string" || typeof constant === "number") return constant;
  }
  return undefined;
}

function isDown(way: string | number): boolean {
  return typeof way === "number" ? way < 0 : /^(?:desc|descending|-1)/i.test(way);
}

function readText(text: string, into: AskedSort[]): boolean | "random" {
  if (text === "?" || /\brand(?:om)?\s*\(/i.test(text)) return "random";
  for (const part of text.trim().split(/[\s,]+/)) {
    if (/^(?:asc|desc)$/i.test(part)) {
      const last = into.pop();
      if (last !== undefined) into.push({ ...last, order: isDown(part) ? "desc" : "asc" });
      continue;
    }
    const name = part.replace(/^[-+]/, "");
    if (!/^[\w.]+$/.test(name)) return false;
    into.push({ column: name.replaceAll("__", "."), order: part.startsWith("-") ? "desc" : "asc" });
  }
  return true;
}
