/** What was run, as the project that rules ask. */
import type { Cost } from "../../model/formula.ts";
import { free, inSequence } from "../../model/formula.ts";
import { readLocals } from "../local/index.ts";
import type { ConnectionSettings } from "../../model/connection-settings.ts";
import type { Library } from "../../model/library.ts";
import type { Entry, FunctionInfo, LoopedOperation, Project, ReachedOperation } from "../../model/project.ts";
import { thisToken } from "./deps.ts";
import { heldInTransactions, serialisedIn } from "./held-in-transactions.ts";
import { listedTypes } from "./item-types.ts";
import { withNeedsOfAll } from "./needed-somewhere.ts";
import type { Root } from "./root.ts";
import { reachOf } from "./reach.ts";
import type { RanRoot } from "./runs.ts";
import { exportedFunctions } from "./runs.ts";
import type { Summary, Told } from "./summary.ts";
import { callersOf, executedIn } from "./summary.ts";
import { settleTimeouts } from "./timeouts.ts";
import { placeOf } from "./unit.ts";
import { pathOf } from "./ways.ts";
import { readsTogether } from "./together.ts";
import type { World } from "./world.ts";

export function describe(world: World, ran: readonly RanRoot[], published?: (file: string) => boolean): Project {
  settleTimeouts(world);
  const starts: { entry: Entry; summaries: readonly Summary[] }[] = [];
  const entries: Entry[] = [];
  const listed = ran.some((one) => one.root.perItem) ? listedTypes(world) : undefined;
  const asking = ran.some((one) => one.root.account !== undefined) ? askingOf(world) : new Set<Summary>();
  for (const one of ran) {
    if (one.summaries.length === 0 || (one.root.background === true && !one.summaries.some(isServers))) continue;
    const made = entryOf(one.root.name, one.root.kind, one.root, [...one.before, ...one.summaries], one.root.perItem, one.root.library);
    const entry = {
      ...made,
      ...(one.root.perItem && listed?.has(parentOf(one.root.name)) === true ? { listed: true } : undefined),
      ...askedIn(one, made.cost, asking),
    };
    entries.push(entry);
    starts.push({ entry, summaries: [...one.before, ...one.summaries] });
  }
  const reach = reachOf(world, starts);
  const live = [...world.summaries.values()];
  // Where a function was seen through real entries, only those ways of calling it count.
  const counted = live.filter((summary) => reach.summaries.has(summary) || !executedIn(summary).some((id) => reach.functions.has(id)));
  const held = heldInTransactions(
    world,
    counted,
    starts.flatMap((one) => one.summaries),
    reach.summaries,
  );
  return {
    entries,
    functions: exportedFunctions(world, reach.functions),
    operations: [...world.operations.values()].filter(
      (operation) => operation.parent === undefined && operation.spec.transaction === undefined,
    ),
    looped: counted.flatMap((summary) =>
      (summary.told?.looped ?? []).map((one) =>
        withCallers(one, summary, held.has(summary) || one.around?.some((id) => world.transacted.has(id)) === true),
      ),
    ),
    awaits: withNeedsOfAll(counted.flatMap((summary) => serialisedIn(summary, held))),
    transactions: counted.flatMap((summary) => summary.told?.transactions ?? []),
    repeats: [
      ...counted.flatMap((summary) =>
        (summary.told?.repeats ?? []).map(({ guess, ...one }) => ({ ...one, guessed: guess?.open === true })),
      ),
      ...readsTogether(ran),
    ],
    updates: counted.flatMap((summary) => summary.told?.updates ?? []),
    lost: counted.flatMap((summary) => summary.told?.lost ?? []),
    locals: readLocals(world.units, world.operations.values(), connectionsOf(world), world.longSizes),
    failures: world.failures,
    schemas: [],
    routesReaching: (fn: FunctionInfo) => reach.entriesOf(fn.id),
    isPublished: (fn: FunctionInfo) => published?.(fn.file) === true && fn.symbol.split(".").every((name) => !/^_(?!_)/.test(name)),
    nameOfSymbol: (symbol: string) => symbol.replace(/@.*$/, ""),
  };
}

function connectionsOf({ libraries }: World): ReadonlySet<ConnectionSettings> {
  return new Set([...libraries.values()].flatMap(({ connections }) => connections ?? []));
}

/** What no browser does. */
function isServers({ effects }: Summary): boolean {
  return effects.some(({ operation: { kind } }) => /^(?:db|cache)-|^(?:queue|lock)$/.test(kind));
}

/** A loop over a parameter that every caller fills with few elements is no loop. */
function withCallers(one: Told["looped"][number], summary: Summary, held: boolean): LoopedOperation {
  if (held) (one as { inTransaction: boolean }).inTransaction = true;
  const [, parameter, member] = /^\$(\d+)(\.\w+)?$/.exec(one.loopSymbol ?? "") ?? [];
  if (parameter === undefined) return one;
  // Options that are not written out in the call may hold any list.
  if (member !== undefined && summary.argSizes?.has(`${parameter}.`) === true) return one;
  const size = summary.argSizes?.get(`${parameter}${member ?? ""}`);
  if (size !== undefined && size !== "unknown" && size.max !== undefined) (one as { callerMax: number | undefined }).callerMax = size.max;
  return one;
}

/** Summaries from which something that looks at who asks is reached. */
function askingOf(world: World): ReadonlySet<Summary> {
  const todo = [...world.summaries.values()].filter((one) => one.asksAccount);
  const seen = new Set(todo);
  for (let next = todo.pop(); next !== undefined; next = todo.pop())
    for (const caller of callersOf(next)) {
      if (seen.has(caller)) continue;
      seen.add(caller);
      todo.push(caller);
    }
  return seen;
}

/** Who asks is found out once, however many functions look at it. */
function askedIn({ root, before, summaries }: RanRoot, cost: Cost, asking: ReadonlySet<Summary>): { readonly cost: Cost } | undefined {
  const { account } = root;
  if (account === undefined || !(account.always || [...before, ...summaries].some((one) => asking.has(one)))) return undefined;
  return { cost: inSequence(cost, account.cost) };
}

export function entryOf(
  name: string,
  kind: string,
  at: Pick<Root, "unit" | "node" | "fn">,
  summaries: readonly Summary[],
  perItem: boolean,
  library?: Library,
): Entry {
  let cost: Cost = free;
  const unknown = new Set<string>();
  const operations: ReachedOperation[] = [];
  for (const summary of summaries) {
    const onLoop = runsOnLoop(summary, library);
    cost = inSequence(cost, inSequence(inSequence(summary.cost, summary.pending), summary.gathered));
    for (const one of summary.unknown ?? []) unknown.add(one);
    for (const effect of summary.effects)
      operations.push({
        operation: effect.operation,
        path: pathOf(effect),
        conditional: effect.conditional,
        floating: effect.floating,
        memoized: effect.memoized || effect.once,
        fromRequest: effect.deps.some((token) => token !== thisToken),
        fromInstance: effect.deps.includes(thisToken),
        onLoop: onLoop && !effect.threaded,
      });
  }
  return {
    name,
    kind,
    place: placeOf(at.unit, at.node, at.fn),
    ...(library === undefined ? {} : { library: library.id }),
    cost,
    unknown: [...unknown].sort(),
    operations,
    perItem,
  };
}

/** Node has one thread for all requests; in Python coroutines share one, and functions are given a thread each. */
function runsOnLoop({ unit, fn }: Summary, library: Library | undefined): boolean {
  if (unit.facts.language !== "python") return true;
  return unit.facts.functions[fn]?.async === true && library?.ownLoop !== true;
}

/** `resolver Post.author`: Post. */
function parentOf(name: string): string {
  return /^\w+ (\w+)\./.exec(name)?.[1] ?? "";
}
