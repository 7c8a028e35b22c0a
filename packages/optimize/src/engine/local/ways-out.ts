/** The ways out of a function on which something that it took is still held: followed through branches, loops and errors. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";

export interface Holding {
  readonly takes: (s: Statement) => boolean;
  /** It is given back somewhere in the expression. */
  readonly gives: (e: Expression) => boolean;
  readonly names: (e: Expression) => boolean;
  readonly isIt: (e: Expression) => boolean;
  readonly fails: (e: Expression) => boolean;
  readonly python: boolean;
}

/** How one may come to a place: without it, or with it; and which statement led there. */
interface Ways {
  readonly free: boolean;
  readonly held: boolean;
  readonly by?: Statement | undefined;
}

interface Out {
  readonly next: Ways;
  readonly thrown: Ways;
  readonly returned: Ways;
  readonly broken: Ways;
  readonly continued: Ways;
}

const none: Ways = { free: false, held: false };
const nowhere: Out = { next: none, thrown: none, returned: none, broken: none, continued: none };

export function waysOut(body: readonly Statement[], h: Holding): { readonly leaves?: Ways; readonly fails?: Ways } {
  const { next, thrown, returned } = block(body, { free: true, held: false }, h);
  const leaves = returned.held ? returned : next;
  return { ...(leaves.held ? { leaves } : {}), ...(thrown.held ? { fails: thrown } : {}) };
}

function both(a: Ways, b: Ways): Ways {
  if (!isMet(a)) return b;
  if (!isMet(b)) return a;
  return { free: a.free || b.free, held: a.held || b.held, by: a.held ? a.by : b.by };
}

function bothOut(a: Out, b: Out): Out {
  return {
    next: both(a.next, b.next),
    thrown: both(a.thrown, b.thrown),
    returned: both(a.returned, b.returned),
    broken: both(a.broken, b.broken),
    continued: both(a.continued, b.continued),
  };
}

function isMet({ free, held }: Ways): boolean {
  return free || held;
}

function at(ways: Ways, by: Statement): Ways {
  return ways.held ? { ...ways, by } : ways;
}

function block(list: readonly Statement[], ways: Ways, h: Holding): Out {
  let out: Out = { ...nowhere, next: ways };
  for (const s of list) {
    if (!isMet(out.next)) break;
    const one = statement(s, out.next, h);
    const { thrown, returned, broken, continued } = bothOut(out, one);
    out = { next: one.next, thrown, returned, broken, continued };
  }
  return out;
}

function statement(s: Statement, ways: Ways, h: Holding): Out {
  switch (s.kind) {
    case "expression":
    case "assign":
    case "return":
    case "throw":
      return plain(s, ways, h);
    case "branch":
      return branch(s, ways, h);
    case "switch": {
      const arms = s.cases.map((one) => block(one.body, ways, h)).reduce(bothOut, nowhere);
      const passes = s.cases.some((one) => one.test === undefined) ? none : ways;
      return {
        ...arms,
        next: both(both(arms.next, arms.broken), passes),
        broken: none,
        thrown: both(arms.thrown, failing(s, s.subject, ways, h)),
      };
    }
    case "loop":
      return loop(s, ways, h);
    case "try":
      return tried(s, ways, h);
    case "with": {
      const inner = s.items.some(({ value }) => h.gives(value) || h.isIt(value)) ? freed(ways) : ways;
      const failed = s.items.map(({ value }) => failing(s, value, inner, h)).reduce(both, none);
      const out = block(s.body, inner, h);
      return { ...out, thrown: both(out.thrown, failed) };
    }
    case "block": {
      const out = block(s.body, ways, h);
      return s.label === undefined ? out : { ...out, next: both(out.next, out.broken), broken: none };
    }
    default:
      return s.kind === "break" ? { ...nowhere, broken: ways } : { ...nowhere, continued: ways };
  }
}

function freed(ways: Ways): Ways {
  return isMet(ways) ? { free: true, held: false } : none;
}

function failing(s: Statement, e: Expression, ways: Ways, h: Holding): Ways {
  return h.fails(e) && !h.gives(e) ? at(ways, s) : none;
}

function plain(s: Extract<Statement, { kind: "expression" | "assign" | "return" | "throw" }>, ways: Ways, h: Holding): Out {
  if (h.takes(s)) return { ...nowhere, next: { free: false, held: true }, thrown: { free: true, held: false } };
  const { value } = s;
  if (s.kind === "throw") return { ...nowhere, thrown: at(ways, s) };
  if (value === undefined) return s.kind === "return" ? { ...nowhere, returned: at(ways, s) } : { ...nowhere, next: ways };
  // Kept in a field or under another name, or given to the caller: it is theirs now.
  const gone = h.gives(value) || (s.kind !== "expression" && h.isIt(value)) || (s.kind === "return" && h.names(value) && !calls(value));
  const after = gone ? freed(ways) : ways;
  const thrown = gone ? none : failing(s, value, ways, h);
  return s.kind === "return" ? { ...nowhere, returned: at(after, s), thrown } : { ...nowhere, next: after, thrown };
}

function calls(e: Expression): boolean {
  return e.kind === "call" || (e.kind === "await" && calls(e.value));
}

/** A test that names what is held, or one before giving it back, asks whether it is held at all. */
function branch(s: Extract<Statement, { kind: "branch" }>, ways: Ways, h: Holding): Out {
  if (h.gives(s.test)) return bothOut(block(s.then, freed(ways), h), block(s.else, freed(ways), h));
  const then = block(s.then, ways, h);
  const other = block(s.else, ways, h);
  const out = bothOut(then, other);
  const asks = h.names(s.test) && (isFreed(then, ways) || isFreed(other, ways));
  return { ...out, next: asks ? freed(out.next) : out.next, thrown: both(out.thrown, failing(s, s.test, ways, h)) };
}

function isFreed({ next }: Out, before: Ways): boolean {
  return before.held && next.free && !next.held;
}

function loop(s: Extract<Statement, { kind: "loop" }>, ways: Ways, h: Holding): Out {
  const start = block(s.init, ways, h);
  let into = start.next;
  let out: Out = nowhere;
  for (let round = 0; round < 2; round++) {
    out = block(s.body, into, h);
    into = both(into, both(out.next, out.continued));
  }
  const heads = [s.iterable, s.test, s.update].filter((e) => e !== undefined);
  const failed = heads.map((e) => failing(s, e, into, h)).reduce(both, s.async ? at(into, s) : none);
  // `while (true)` ends by a `break` alone.
  const ends = s.form === "do" ? both(out.next, out.continued) : isEndless(s) ? none : into;
  const next = both(ends, out.broken);
  return { ...nowhere, next, thrown: both(start.thrown, both(out.thrown, failed)), returned: out.returned };
}

function isEndless({ form, test }: Extract<Statement, { kind: "loop" }>): boolean {
  if (form !== "while" && form !== "count") return false;
  return test === undefined || (test.kind === "literal" && (test.value === true || test.value === 1));
}

function tried(s: Extract<Statement, { kind: "try" }>, ways: Ways, h: Holding): Out {
  const body = block(s.body, ways, h);
  const caught = s.handler === undefined ? undefined : tidied(s.handler, body.thrown, h);
  const out = caught === undefined ? body : bothOut({ ...body, thrown: none }, caught);
  const { finalizer } = s;
  if (finalizer === undefined) return out;
  let last: Out = nowhere;
  const through = (from: Ways): Ways => {
    if (!isMet(from)) return none;
    const end = tidied(finalizer, from, h);
    last = bothOut(last, { ...end, next: none });
    return end.next.held ? { ...end.next, by: from.by } : end.next;
  };
  const ends: Out = {
    next: through(out.next),
    thrown: through(out.thrown),
    returned: through(out.returned),
    broken: through(out.broken),
    continued: through(out.continued),
  };
  return bothOut(ends, last);
}

/** Handlers and what runs at the end: where they give it back under a condition, the condition asks whether that is needed. */
function tidied(list: readonly Statement[], ways: Ways, h: Holding): Out {
  if (!isMet(ways)) return nowhere;
  const out = block(list, ways, h);
  const gives = list.some((s) => s.kind === "branch" && givesWithin(s, h));
  if (!gives) return out;
  const { next, thrown, returned, broken, continued } = out;
  return { next: freed(next), thrown: freed(thrown), returned: freed(returned), broken: freed(broken), continued: freed(continued) };
}

function givesWithin(s: Statement, h: Holding): boolean {
  const taken: Ways = { free: false, held: true };
  return Object.values(statement(s, taken, h)).some((ways) => ways.free);
}
