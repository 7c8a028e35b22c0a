/** Blocking calls of Node while requests were answered. */
import type { BlockingEvidence } from "../model/evidence.ts";
import { groupedBy } from "../model/grouped.ts";
import { spreadOf } from "../model/spread.ts";
import type { Scope } from "./executions.ts";
import type { Places } from "./places.ts";
import type { Thread } from "./records.ts";
import { placeKey } from "./executions.ts";

export function blockingOf(threads: readonly Thread[], scopes: readonly Scope[], placesOf: (thread: Thread) => Places): BlockingEvidence[] {
  const routes = new Map<string, string>(
    scopes.flatMap((scope) => (scope.request === undefined ? [] : [[`${scope.thread}.${scope.request.scope}`, scope.route] as const])),
  );
  const all = threads.flatMap((thread, index) =>
    thread.blocking.map((record) => ({ record, places: placesOf(thread).at(record.site), request: `${index}.${record.scope}` })),
  );
  return [...groupedBy(all, ({ record, places }) => `${record.call}\0${places.map(placeKey).join()}`).values()]
    .map((list): BlockingEvidence => {
      const first = list[0] as (typeof all)[number];
      const [place, ...callers] = first.places;
      return {
        kind: "blocking",
        call: first.record.call,
        ...(place === undefined ? {} : { place }),
        callers,
        routes: [...new Set(list.flatMap(({ request }) => routes.get(request) ?? []))].sort(),
        count: list.length,
        requests: new Set(list.map(({ request }) => request)).size,
        time: spreadOf(list.map(({ record }) => record.time / 1000)),
      };
    })
    .filter(({ requests, routes: from }) => isRepeated(requests, from, scopes))
    .sort((a, b) => b.time.total - a.time.total);
}

/** What the first request does for all that come after it, modules that it loads among it, is no cost of requests. */
function isRepeated(requests: number, routes: readonly string[], scopes: readonly Scope[]): boolean {
  const all = scopes.filter(({ request, route }) => request !== undefined && routes.includes(route)).length;
  return requests >= 2 && requests * 2 >= all;
}
