/** Reading the text of every file: what single functions do, without following calls. */
import type { ConnectionSettings } from "../../model/connection-settings.ts";
import type { Locals } from "../../model/local.ts";
import type { Operation } from "../../model/project.ts";
import type { Unit } from "../interpret/unit.ts";
import { readAcquisitions } from "./acquisitions.ts";
import { readAggregates } from "./aggregates.ts";
import { readBusyWaits } from "./busy-waits.ts";
import { readClients } from "./clients.ts";
import { readCompressors } from "./compressors.ts";
import { readCopies } from "./copies.ts";
import { readDatabases } from "./databases.ts";
import { readDefaultScopes } from "./default-scopes.ts";
import { readFronts } from "./fronts.ts";
import { readGatherings } from "./gatherings.ts";
import { readGrowths, readKeptMethods } from "./growths.ts";
import { readGuards } from "./guards.ts";
import { readHandSorts } from "./hand-sorts.ts";
import { readHooked } from "./hooked.ts";
import { readLent } from "./lent.ts";
import { readKeeping } from "./keeping.ts";
import { readLasting } from "./lasting.ts";
import { settleSizes } from "../interpret/sights.ts";
import { readLookups } from "./lookups.ts";
import { readMatchings } from "./matchings.ts";
import { readMisremovals } from "./misremovals.ts";
import { readMounted } from "./mounted.ts";
import { readNestedCalls } from "./nested-calls.ts";
import { readNestedReads } from "./nested-reads.ts";
import { readNestedWrites } from "./nested-writes.ts";
import { readObjectUrls } from "./object-urls.ts";
import { readOpened } from "./opened.ts";
import { readPools } from "./pools.ts";
import { readQueues } from "./queues.ts";
import { readRaces } from "./races.ts";
import type { Reading } from "./reading.ts";
import { readRetries } from "./retries.ts";
import { readSortedSearches } from "./sorted-searches.ts";
import { readSecondAsks } from "./second-asks.ts";
import { readStarts } from "./starts.ts";
import { readUnwaited } from "./unwaited.ts";
import { readWholeFiles } from "./whole-files.ts";
import { readRows } from "./row-readings.ts";
import { readText } from "./walk.ts";

const readers: readonly ((r: Reading) => void)[] = [
  readLookups,
  readSortedSearches,
  readAggregates,
  readCopies,
  readFronts,
  readAcquisitions,
  readMounted,
  readGuards,
  readObjectUrls,
  readRaces,
  readMisremovals,
  readGrowths,
  readKeptMethods,
  readOpened,
  readRetries,
  readLent,
  readWholeFiles,
  readLasting,
  readMatchings,
  readNestedReads,
  readDefaultScopes,
  readNestedWrites,
  readHooked,
  readHandSorts,
  readNestedCalls,
  readUnwaited,
  readBusyWaits,
  readQueues,
  readPools,
  readSecondAsks,
  readStarts,
  readClients,
  readKeeping,
  readGatherings,
  readCompressors,
];

type Reads = Pick<Operation, "kind" | "spec" | "place" | "givenBy">;

export function readLocals(
  units: readonly Unit[],
  operations: Iterable<Reads>,
  connections: Iterable<ConnectionSettings>,
  long: ReadonlySet<string>,
): Locals {
  const reads = readsByFile(operations);
  const found: Reading["found"] = {
    lookups: [],
    sortedSearches: [],
    aggregates: [],
    copies: [],
    fronts: [],
    sortings: [],
    acquisitions: [],
    guards: [],
    objectUrls: [],
    races: [],
    misremovals: [],
    growths: [],
    keptMethods: [],
    opened: [],
    retries: [],
    lent: [],
    wholeFiles: [],
    lasting: [],
    fills: [],
    matchings: [],
    nestedReads: [],
    defaultScopes: [],
    nestedWrites: [],
    hooked: [],
    handSorts: [],
    nestedCalls: [],
    unwaited: [],
    busyWaits: [],
    queues: [],
    removals: [],
    rows: [],
    databases: [],
    pools: [],
    secondAsks: [],
    starts: [],
    clients: [],
    keeping: [],
    gatherings: [],
    compressors: [],
    loneRequests: [],
  };
  const imported = new Set(units.flatMap((unit) => unit.facts.bindings.flatMap((one) => (one.from === undefined ? [] : [one.from.name]))));
  for (const unit of units) {
    if (unit.facts.language === "template" || unit.written !== undefined) continue;
    const t = readText(unit.facts);
    const r: Reading = {
      t,
      unit,
      python: unit.facts.language === "python",
      found,
      sight: (key) => {
        const met = unit.sights.get(key);
        return met === undefined ? undefined : settleSizes(met, long);
      },
      importedElsewhere: (name) => imported.has(name),
    };
    for (const read of readers) read(r);
    for (const spec of connections) readDatabases(r, spec);
    const asked = reads.get(unit.facts.file);
    if (asked !== undefined) found.rows.push(...readRows(unit, asked));
  }
  return found;
}

/** Where statements give rows, and where functions give those that they read, by file: the begin of each call that gives them, with its end. */
function readsByFile(operations: Iterable<Reads>): ReadonlyMap<string, ReadonlyMap<number, ReadonlySet<number>>> {
  const out = new Map<string, Map<number, Set<number>>>();
  for (const { kind, spec, place: own, givenBy } of operations) {
    const place = givenBy?.place ?? own;
    if (kind !== "db-read" || spec.count === true || spec.lazy !== undefined || place.function.module) continue;
    let known = out.get(place.file);
    if (known === undefined) out.set(place.file, (known = new Map()));
    const ends = known.get(place.at);
    if (ends === undefined) known.set(place.at, new Set([place.end]));
    else ends.add(place.end);
  }
  return out;
}
