/** The same read twice on one path, with nothing written to its table between. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Guess } from "./alternatives.ts";
import type { Activation, DoneRead } from "./activation.ts";
import type { Place } from "../../model/project.ts";
import { namedOf } from "./python.ts";
import { wordsOf } from "./unit.ts";
import { pathOf } from "./ways.ts";
import { again, toldOf } from "./summary.ts";
import type { SummaryEffect } from "./summary.ts";
import type { Value } from "./value.ts";
import { constantOf } from "./value.ts";

const maxAsks = 8;

/** `this.replica` of `this.replica.user.findFirst()`, `db` of `db.user.findFirst()`; models and queries under construction say nothing of their client. */
function clientOf(node: Expression): string | undefined {
  const names: string[] = [];
  let e: Expression | undefined = node.kind === "call" ? node.callee : undefined;
  while ((e?.kind === "member" && e.name !== "") || e?.kind === "cast") {
    if (e.kind === "member") names.unshift(e.name);
    e = e.kind === "member" ? e.object : e.value;
  }
  // `(route.fresh ?? usual).user.findFirst()`
  if (e?.kind === "logical") return names.length > 1 ? `${wordsOf(e.left)} ${e.operator} ${wordsOf(e.right)}` : undefined;
  if (e?.kind === "this") return names.length > 2 ? `this.${names[0] ?? ""}` : undefined;
  return e?.kind === "name" && names.length > 1 ? e.name : undefined;
}

/** Clients among the arguments of a call, as the code names them: `find(replica, id)`. */
export function clientsGiven(node: Expression, args: readonly Value[]): string | undefined {
  if (node.kind !== "call") return undefined;
  let names: string[] | undefined;
  for (let i = 0; i < args.length; i++)
    if (args[i]?.what.some((origin) => origin.kind === "library" && origin.draft === undefined) === true)
      (names ??= []).push(wordsOf(node.args[i]?.value));
  return names === undefined || names.includes("") ? undefined : names.join();
}

/** A replica first and then the primary: two clients side by side are two databases. */
function asksAnother(client: string | undefined, before: DoneRead, place: Place): boolean {
  return client !== undefined && before.client !== undefined && client !== before.client && before.place.function.id === place.function.id;
}

/** A transaction asks again what was asked before it began: only then is it sure that nobody changes it meanwhile. */
function isCheckedAgain({ transaction }: Activation, { within }: DoneRead): boolean {
  return transaction !== undefined && within === undefined;
}

/** The function makes the client that it asks: another call may ask another database. */
function asksOwnClient(act: Activation, { operation }: SummaryEffect): boolean {
  const [unit, at] = operation.client.split(":");
  const fn = act.unit.facts.functions[act.fn];
  return fn !== undefined && act.fn !== 0 && Number(unit) === act.unit.index && fn.at <= Number(at) && Number(at) < fn.end;
}

function isRemembered(effect: SummaryEffect): boolean {
  return effect.memoized || effect.once;
}

/** A key that is equal only for calls that ask the same; undefined when one argument cannot be told. */
export function askedKey(what: string, args: readonly Value[]): string | undefined {
  let key = `${what}(`;
  const named = namedOf(args);
  const names = named === undefined ? [] : [...named.keys()];
  for (const [i, arg] of (named === undefined ? args : [...args, ...named.values()]).entries()) {
    if (i >= args.length) key += `${names[i - args.length] ?? ""}=`;
    const [origin] = arg.what;
    if (
      arg.what.length === 1 &&
      (origin?.kind === "instance" || origin?.kind === "class") &&
      arg.key === undefined &&
      arg.deps.length === 0
    ) {
      key += `i${origin.ref.unit.index}:${origin.ref.facts.id},`;
      continue;
    }
    // A client is known by where it was made; a query is more than where it was begun.
    if (arg.what.length === 1 && origin?.kind === "library" && origin.draft === undefined && arg.key === undefined) {
      key += `l${origin.site},`;
      continue;
    }
    const constant = constantOf(arg);
    const part = arg.key ?? (constant === undefined ? undefined : JSON.stringify(constant.value ?? null));
    if (part === undefined || part === "") return undefined;
    key += `${part},`;
  }
  return key.length > 400 ? undefined : key;
}

/** What a builder asks after one more call: every call may narrow it. */
export function askedAlso(asked: string | undefined, member: string, args: readonly Value[]): string | undefined {
  return asked === undefined ? undefined : askedKey(`${asked}.${member}`, args);
}

interface More {
  /** Clients among the arguments of the call. */
  readonly given?: string | undefined;
  readonly row?: string | undefined;
}

/** With fewer reads, going through them costs less than an index. */
const fewReads = 16;
const indexes = new WeakMap<readonly DoneRead[], { readonly byKey: Map<string, DoneRead>; count: number }>();

/** The first read with the key; lists of reads only grow, or another one takes their place. */
function readOf(reads: readonly DoneRead[], key: string): DoneRead | undefined {
  if (reads.length < fewReads) return reads.find((read) => read.key === key);
  let index = indexes.get(reads);
  if (index === undefined) indexes.set(reads, (index = { byKey: new Map(), count: 0 }));
  for (; index.count < reads.length; index.count++) {
    const read = reads[index.count] as DoneRead;
    if (!index.byKey.has(read.key)) index.byKey.set(read.key, read);
  }
  return index.byKey.get(key);
}

export function noteRead(act: Activation, key: string | undefined, effect: SummaryEffect, node: Expression, { given, row }: More): void {
  if (key === undefined || act.memo + act.kept + act.once > 0 || act.handlers > 0 || asksOwnClient(act, effect)) return;
  const place = act.place(node);
  const same = readOf(act.reads, key);
  const before = same ?? otherColumns(act, row, place);
  const client = effect.via === undefined ? clientOf(node) : given;
  if (same === undefined) {
    const { conditions, transaction: within } = act;
    const read = { key, effect, place, conditions, loops: act.loops.length, client, guess: guessOf(act, effect), row, within };
    act.reads.push(read);
    if (!act.changed && act.frames.length === 1 && act.loops.length === 0 && act.asks.length < maxAsks) act.asks.push(read);
  }
  if (before === undefined) return;
  if (asksAnother(client, before, place) || isCheckedAgain(act, before)) return;
  if (before.place.at === place.at || before.loops !== act.loops.length || isRemembered(before.effect) || isRemembered(effect)) return;
  toldOf(act.summary).repeats.push({
    operation: effect.operation,
    first: before.place,
    second: place,
    firstPath: pathOf(before.effect),
    secondPath: pathOf(effect),
    function: place.function,
    conditional: act.conditions.length > before.conditions.length,
    guess: guessOf(act, effect) ?? before.guess,
    ...(same === undefined ? { otherColumns: true as const } : undefined),
  });
}

/** The same function asked for the row before, for other columns of it. */
function otherColumns(act: Activation, row: string | undefined, place: Place): DoneRead | undefined {
  return row === undefined ? undefined : act.reads.find((read) => read.row === row && read.place.function.id === place.function.id);
}

function guessOf(act: Activation, { guess }: SummaryEffect): Guess | undefined {
  return guess ?? act.guesses.at(-1);
}

const calleesOwn = /\b(io|e|v)\d/;

/** Keys are few and asked again by every call. */
const judged = new Map<string, boolean>();

function namesCallee(key: string): boolean {
  let own = judged.get(key);
  if (own === undefined) {
    own = calleesOwn.test(key);
    if (judged.size > 20_000) judged.clear();
    judged.set(key, own);
  }
  return own;
}

/** A callee's key in the caller's words; undefined when it names something of the callee alone. */
export function keyFor(key: string | undefined, self: Value, args: readonly Value[]): string | undefined {
  if (key === undefined || namesCallee(key)) return undefined;
  if (!key.includes("$")) return key.length > 400 ? undefined : key;
  let lost = false;
  const out = key.replace(/\$(this|\d+)/g, (_, which: string) => {
    const value = which === "this" ? self : args[Number(which)];
    const part = value === undefined ? "undefined" : (value.key ?? constantText(value));
    if (part === undefined) lost = true;
    return part ?? "";
  });
  return lost || out.length > 400 ? undefined : out;
}

function constantText(value: Value): string | undefined {
  const constant = constantOf(value);
  return constant === undefined ? undefined : JSON.stringify(constant.value ?? null);
}

function through(act: Activation, read: DoneRead, node: Expression): SummaryEffect {
  return again(read.effect, {
    via: { unit: act.unit, fn: act.fn, node },
    next: read.effect,
    depth: read.effect.depth + 1,
    conditional: read.effect.conditional || read.conditions.length > 0,
  });
}

/** The callee asks again what was read before the call. */
export function noteAsks(
  act: Activation,
  asks: readonly DoneRead[],
  keyAt: (key: string) => string | undefined,
  node: Expression,
  client: string | undefined,
): void {
  if (act.memo + act.kept + act.once > 0 || act.handlers > 0 || asks.length === 0) return;
  for (const ask of asks) {
    const key = keyAt(ask.key);
    const before = key === undefined ? undefined : readOf(act.reads, key);
    if (key === undefined) continue;
    if (before === undefined) {
      const read = {
        key,
        effect: through(act, ask, node),
        place: act.place(node),
        conditions: [...act.conditions, ...ask.conditions],
        loops: act.loops.length,
        client,
        guess: ask.guess ?? act.guesses.at(-1),
      };
      if (!act.changed && act.frames.length === 1 && act.loops.length === 0 && act.asks.length < maxAsks) act.asks.push(read);
      continue;
    }
    if (before.loops !== act.loops.length || isRemembered(before.effect) || isRemembered(ask.effect)) continue;
    const place = act.place(node);
    if (asksAnother(client, before, place) || isCheckedAgain(act, before)) continue;
    toldOf(act.summary).repeats.push({
      operation: ask.effect.operation,
      first: before.place,
      second: place,
      firstPath: pathOf(before.effect),
      secondPath: pathOf(through(act, ask, node)),
      function: place.function,
      conditional: ask.conditions.length > 0 || act.conditions.length > before.conditions.length,
      guess: ask.guess ?? act.guesses.at(-1) ?? before.guess,
    });
    return;
  }
}

/** What the callee read and nobody changed is known to the caller from here on. */
export function noteKnown(
  act: Activation,
  known: readonly DoneRead[],
  keyAt: (key: string) => string | undefined,
  node: Expression,
  client: string | undefined,
): void {
  if (act.memo + act.kept + act.once > 0 || act.handlers > 0) return;
  for (const read of known) {
    const key = keyAt(read.key);
    if (key === undefined || readOf(act.reads, key) !== undefined) continue;
    const effect = through(act, read, node);
    const guess = read.guess ?? act.guesses.at(-1);
    act.reads.push({ key, effect, place: act.place(node), conditions: act.conditions, loops: act.loops.length, client, guess });
  }
}

/** Something ran that may have changed any table: another service, a pause, code that is not seen. */
export function forgetReads(act: Activation): void {
  act.reads = [];
  act.changed = true;
}

/** What was read before a branch and what is left of it at the branch's end: what is written in it makes reading again worth it. */
export function stillKnown(before: readonly DoneRead[], after: readonly DoneRead[]): DoneRead[] {
  const left = new Set(after);
  return before.filter((read) => left.has(read));
}

/** A write makes reads of its table worth doing again. */
export function noteWrite(act: Activation, table: string | undefined): void {
  act.changed = true;
  if (act.reads.length === 0) return;
  act.reads = act.reads.filter(
    (read) => table !== undefined && read.effect.operation.table !== undefined && read.effect.operation.table !== table,
  );
}
