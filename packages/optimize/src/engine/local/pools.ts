/** Pools of connections whose size the code itself says. */
import type { Argument, Expression, ObjectExpression } from "../../model/facts-expressions.ts";
import type { PoolMade, PoolSpec } from "../../model/pools.ts";
import { wordsOf } from "../interpret/unit.ts";
import { someInside } from "./parts.ts";
import { placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";

/** No connection that one program would wait for: a database in the process itself. */
const inProcess = /sqlite|:memory:|pglite/i;

/** What stands somewhere; "unknown" when that cannot be seen. */
type Said = Expression | "unknown";

export function readPools(r: Reading): void {
  if (r.unit.pools.size === 0) return;
  for (const { e, spot } of r.t.calls) {
    const known = r.unit.pools.get(e.callee.end);
    if (known === undefined) continue;
    const args = e.args.map((one): Argument => ({ ...one, value: settled(r, one.value) }));
    r.found.pools.push({
      ...placeIn(r, e, spot),
      call: `${e.new ? "new " : ""}${wordsOf(e.callee)}`,
      library: known.library,
      most: args.some(({ value }) => someInside(value, (part) => textsIn(part).some((text) => inProcess.test(text))))
        ? undefined
        : most(r, args, known.spec),
      ...patienceOf(r, args, known.spec),
    });
  }
}

function patienceOf(r: Reading, args: readonly Argument[], { patience }: PoolSpec): Pick<PoolMade, "patient"> {
  if (patience === undefined) return {};
  return patience === "" || said(r, args, patience) === undefined ? { patient: patience } : {};
}

/** undefined: nothing says it, or what says it cannot be seen. */
function most(r: Reading, args: readonly Argument[], spec: PoolSpec): PoolMade["most"] {
  if (spec.unless !== undefined && said(r, args, spec.unless) !== undefined) return undefined;
  const place = positional(args, spec.at);
  if (place !== undefined) return { is: place, words: `maximum ${String(place)}` };
  for (const name of [...spec.max, ...(spec.orMin === undefined ? [] : [spec.orMin])]) {
    const value = said(r, args, name);
    if (value === undefined) continue;
    const number = numberOf(value);
    if (spec.more === undefined) return number === undefined ? undefined : { is: number, words: wordsFor(r, name, number) };
    const more = said(r, args, spec.more.name);
    const besides = more === undefined ? spec.more.otherwise : numberOf(more);
    if (number === undefined || besides === undefined) return undefined;
    return { is: number + besides, words: `${wordsFor(r, name, number)}, ${wordsFor(r, spec.more.name, besides)}` };
  }
  return spec.url === undefined ? undefined : inAddress(args, spec.url);
}

function wordsFor(r: Reading, name: string, value: number): string {
  return `${name}${r.python ? "=" : ": "}${String(value)}`;
}

/** `ThreadedConnectionPool(1, 10, …)` */
function positional(args: readonly Argument[], at: number | undefined): number | undefined {
  const place = at === undefined ? undefined : args[at];
  if (at === undefined || place === undefined || args.slice(0, at + 1).some((one) => one.spread || one.name !== undefined))
    return undefined;
  return numberOf(place.value);
}

/** What stands under a name in the options or among the named arguments; undefined: nothing does. */
function said(r: Reading, args: readonly Argument[], path: string): Said | undefined {
  const [first = "", ...rest] = path.split(".");
  let value = r.python ? named(args, first) : inOptions(r, args, first);
  for (const name of rest) {
    if (value === undefined || value === "unknown") return value;
    value = value.kind === "object" ? option(r, value, name) : "unknown";
  }
  return value;
}

function named(args: readonly Argument[], name: string): Said | undefined {
  const value = args.find((one) => one.name === name)?.value;
  if (value?.kind === "literal" && value.type === "null") return undefined;
  return value ?? (args.some(({ spread }) => spread) ? "unknown" : undefined);
}

/** Options are the one object among the arguments. */
function inOptions(r: Reading, args: readonly Argument[], name: string): Said | undefined {
  if (args.some(({ spread }) => spread)) return "unknown";
  const [options, ...others] = args.flatMap(({ value }) => (value.kind === "object" ? [value] : []));
  if (options === undefined) return args.every(({ value }) => isAddress(value)) ? undefined : "unknown";
  return others.length > 0 ? "unknown" : option(r, options, name);
}

function option(r: Reading, { properties }: ObjectExpression, name: string): Said | undefined {
  let value: Said | undefined;
  for (const one of properties) {
    if (one.spread || one.name === "" || one.accessor !== undefined) value = "unknown";
    else if (one.name === name) value = settled(r, one.value);
  }
  return value;
}

/** A value that stands elsewhere: text and numbers that nothing else is put into, and objects that only this call gets. */
function settled(r: Reading, e: Expression): Expression {
  if (e.kind === "cast") return settled(r, e.value);
  if (e.kind !== "name" || e.binding < 0) return e;
  const uses = r.t.bindings.get(e.binding);
  const [write, ...others] = uses?.writes ?? [];
  if (uses === undefined || write?.value === undefined || !write.whole || others.length > 0) return e;
  const value = write.value.kind === "cast" ? write.value.value : write.value;
  if (value.kind === "literal" || value.kind === "template") return value;
  return value.kind === "object" && uses.reads.length === 1 ? value : e;
}

function numberOf(e: Said): number | undefined {
  return e !== "unknown" && e.kind === "literal" && typeof e.value === "number" ? e.value : undefined;
}

function isAddress(e: Expression): boolean {
  return e.kind === "template" || (e.kind === "literal" && e.type === "string");
}

/** `postgres://db/shop?connection_limit=1`, whatever stands before it. */
function inAddress(args: readonly Argument[], name: string): PoolMade["most"] {
  const pattern = new RegExp(`[?&]${name}=(\\d+)(?:[&#]|$)`);
  const found: number[] = [];
  for (const { value } of args)
    someInside(value, (part) => {
      const number = pattern.exec(textsIn(part).join("\0"))?.[1];
      if (number !== undefined) found.push(Number(number));
      return false;
    });
  const [is] = found;
  return is === undefined || found.length > 1 ? undefined : { is, words: `${name}=${String(is)}` };
}

function textsIn(e: Expression): readonly string[] {
  if (e.kind === "template") return e.strings;
  return e.kind === "literal" && typeof e.value === "string" ? [e.value] : [];
}
