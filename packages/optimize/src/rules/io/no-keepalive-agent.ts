import type { ClientMade } from "../../model/clients.ts";
import type { FunctionInfo, LoopedOperation, Operation, Place, Project } from "../../model/project.ts";
import type { RelatedPlace } from "../../model/rule.ts";
import { rule } from "../../model/rule.ts";
import { elementIsAddress, isHttp } from "../gates/address.ts";
import { coldReason, hotOperations, isHot, isRequested, wayFromEntry } from "../gates/hot.ts";
import type { HotOperation } from "../gates/hot.ts";
import { goesOverList, onePerLine, runsPerElement } from "../gates/repetition.ts";
import { boundWords, listName, reasonOf, requestName } from "../gates/words.ts";

export default rule({
  id: "io/no-keepalive-agent",
  title: "a new connection for each request to the same host",
  needs: ["facts"],
  provedBy: "as many TCP and TLS handshakes as requests, seen by the server or in the sockets of the process",
  tier: "likely",
  check(project, report) {
    for (const { looped, place } of lonely(project))
      report({
        place,
        function: looped.operation.place.function,
        message: `${requestName(looped.operation)} opens a connection of its own and closes it, for each element of ${listName(looped)}, and the list ${boundWords(looped)}: each request pays for a TCP and a TLS handshake with the same host.`,
        advice: "Make one `requests.Session()` before the loop and send all of them through it.",
        effort: looped.path.length === 0 ? "S" : "M",
        path: [],
        operation: looped.operation,
        related: [{ place: looped.loop.place, role: "the loop" }],
        // One request for all of them needs one connection.
        yieldsTo: looped.loop,
        atMost: "medium",
        ...reasonOf([...coldReason(project, looped.function), ...hostReason(looped)]),
      });
    for (const made of project.locals.clients) {
      const seen = uses(project, made);
      report({
        place: made.place,
        // What a module makes once matters where it is used.
        function: made.form === "closing" ? (seen?.operation.place.function ?? made.function) : made.function,
        message: message(made, seen),
        advice: adviceFor(made),
        effort: "S",
        path: [],
        ...(seen === undefined ? {} : { operation: seen.operation }),
        related: relatedTo(seen),
        ...(seen?.looped === undefined ? {} : { yieldsTo: seen.looped.loop }),
        atMost: seen?.looped === undefined ? "low" : "medium",
        ...reasonOf(doubts(project, made, seen)),
      });
    }
  },
});

function relatedTo(seen: Seen | undefined): readonly RelatedPlace[] {
  if (seen?.looped !== undefined) return [{ place: seen.looped.loop.place, role: "the loop" }];
  return seen?.hot === undefined ? [] : wayFromEntry(seen.hot);
}

interface Lonely {
  readonly looped: LoopedOperation;
  readonly place: Place;
}

/** Requests of a module in loops: each makes a client, and drops it. */
function lonely(project: Project): readonly Lonely[] {
  const places = new Map(project.locals.loneRequests.map(({ place }) => [keyOf(place), place]));
  return onePerLine(project.looped.filter((looped) => isRepeated(looped))).flatMap((looped) => {
    const place = places.get(keyOf(looped.operation.place));
    return place === undefined ? [] : [{ looped, place }];
  });
}

function isRepeated(looped: LoopedOperation): boolean {
  if (!isHttp(looped.operation) || !runsPerElement(looped) || !goesOverList(looped.loop)) return false;
  return !elementIsAddress(looped) && !looped.floating && !isNear(looped.operation);
}

/** On the same machine a connection costs next to nothing. */
function isNear({ url }: Operation): boolean {
  return url !== undefined && /^http:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?:[:/]|$)/.test(url);
}

/** What the requests go through: a loop around the function, or around its making; or a hot entry. */
interface Seen {
  readonly operation: Operation;
  readonly looped?: LoopedOperation;
  readonly hot?: HotOperation;
}

function uses(project: Project, made: ClientMade): Seen | undefined {
  const inside = (operation: Operation): boolean =>
    isHttp(operation) && !isNear(operation) && made.users.concat(made.function).some(({ id }) => id === operation.place.function.id);
  const looped = project.looped.find((one) => inside(one.operation) && isRepeated(one) && isAround(one, made));
  if (looped !== undefined) return { operation: looped.operation, looped };
  const [hot] = hotOperations(project, (reached) => inside(reached.operation) && !reached.memoized);
  if (hot !== undefined) return { operation: hot.operation, hot };
  // Of requests that are alike, entries keep the nearest.
  const operation = project.operations.find((one) => inside(one) && isHot(project, one.place.function));
  return operation === undefined ? undefined : { operation };
}

/** Each round makes it anew; what is made once for all matters in every loop. */
function isAround({ loop }: LoopedOperation, { form, place, function: { id } }: ClientMade): boolean {
  if (form === "closing" || loop.place.function.id !== id) return true;
  return loop.place.at <= place.at && place.end <= loop.place.end;
}

function doubts(project: Project, made: ClientMade, seen: Seen | undefined): readonly string[] {
  const reasons: string[] = [];
  if (made.given) reasons.push("what it is made of comes from the caller, so that one for all may not do");
  if (seen === undefined) reasons.push("no request through it was seen to be sent again and again");
  else {
    reasons.push(...coldReason(project, seen.operation.place.function), ...hostReason(seen));
    if (seen.looped === undefined && !isServed(project, made, seen.operation.place.function))
      reasons.push("it is made once for each job, which does more than connect");
  }
  return reasons;
}

/** Somebody waits for the answer. A client that waits without blocking belongs to its event loop, which jobs may make anew. */
function isServed(project: Project, { form }: ClientMade, fn: FunctionInfo): boolean {
  return form === "closing" ? isHot(project, fn) : isRequested(project, fn);
}

function hostReason({ operation, hot }: { readonly operation: Operation; readonly hot?: HotOperation }): readonly string[] {
  if (isHostKnown(operation) || (hot !== undefined && !hot.fromRequest)) return [];
  return ["which host it asks is not seen, and may be another one each time"];
}

function isHostKnown({ url }: Operation): boolean {
  return url !== undefined && /^https?:\/\/[^*/?#]+(?:[/?#]|$)/.test(url);
}

function message({ form, call, function: { language } }: ClientMade, seen: Seen | undefined): string {
  const what = seen === undefined ? "a request" : requestName(seen.operation);
  const when =
    seen?.looped !== undefined
      ? `for each element of ${listName(seen.looped)}`
      : seen?.hot !== undefined
        ? `each time ${seen.hot.entry.name} runs`
        : "each time this runs";
  if (form === "closing")
    return `The agent is not told to keep connections (\`keepAlive\`), unlike the one that Node uses by itself: each request through it opens a new one, with a TCP and a TLS handshake.`;
  if (form === "agent")
    return `\`${call}\` is made anew ${when} and dropped after ${what}: none of its connections is used twice, so that each request pays for a TCP and a TLS handshake.`;
  return `\`${call}\` is made ${when}, for ${what} alone: each request pays for a TCP and a TLS handshake${language === "python" ? ", and for reading the certificates that the client trusts" : ""}.`;
}

function adviceFor({ form, call, function: { language } }: ClientMade): string {
  if (form === "closing") return "Say `keepAlive: true`, or leave the agent out where nothing else is set.";
  if (language !== "python") return "Make one agent with `keepAlive: true` for the module and use it in all requests.";
  return `Make one \`${call}\` when the program starts, or before the loop, and send all requests through it.`;
}

function keyOf({ file, at }: Place): string {
  return `${file}:${String(at)}`;
}
