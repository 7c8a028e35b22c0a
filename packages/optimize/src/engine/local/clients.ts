/** Clients for HTTP that a function makes for one request, agents that keep no connection, and requests that are sent without a client. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { ClientMade } from "../../model/clients.ts";
import { functionInfo, wordsOf } from "../interpret/unit.ts";
import { importedName } from "./handles.ts";
import { someInside } from "./parts.ts";
import { placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";
import type { Site, Spot, Uses } from "./text.ts";

const clients: Readonly<Record<string, ReadonlySet<string>>> = {
  requests: new Set(["Session", "session"]),
  "requests.sessions": new Set(["Session", "session"]),
  httpx: new Set(["Client", "AsyncClient"]),
  aiohttp: new Set(["ClientSession"]),
};
const agents: Readonly<Record<string, ReadonlySet<string>>> = {
  http: new Set(["Agent"]),
  https: new Set(["Agent"]),
  "node:http": new Set(["Agent"]),
  "node:https": new Set(["Agent"]),
};
/** Options under which a request, or an instance of a client, is given an agent. */
const agentOptions: ReadonlySet<string> = new Set(["agent", "httpAgent", "httpsAgent", "https", "http"]);
const sending: ReadonlySet<string> = new Set("get post put patch delete head options request stream send ws_connect".split(" "));
/** Arguments with which nothing goes over the network. */
const local: ReadonlySet<string> = new Set(["app", "transport", "mounts"]);
const lone: ReadonlySet<string> = new Set("get post put patch delete head options request".split(" "));

export function readClients(r: Reading): void {
  for (const site of r.t.calls) {
    const { e, spot } = site;
    if (r.python) {
      const library = packageOf(r, e.callee, clients);
      if (library !== undefined) readClient(r, site, library);
      if (spot.fn !== 0 && isLone(r, e.callee)) r.found.loneRequests.push(placeIn(r, e, spot));
    } else if (e.new) {
      const library = packageOf(r, e.callee, agents);
      if (library !== undefined) readAgent(r, site, library);
    }
  }
}

function packageOf(r: Reading, callee: Expression, known: Readonly<Record<string, ReadonlySet<string>>>): string | undefined {
  return Object.keys(known).find((one) => known[one]?.has(importedName(r, callee, new Set([one])) ?? "") === true);
}

const requests: ReadonlySet<string> = new Set(["requests", "requests.api"]);

function isLone(r: Reading, callee: Expression): boolean {
  return lone.has(importedName(r, callee, requests) ?? "");
}

/** A client that one function makes for one request. */
function readClient(r: Reading, { e, parent, spot }: Site & { readonly e: CallExpression }, library: string): void {
  if (spot.fn === 0 || e.args.some(({ name, spread }) => spread || (name !== undefined && local.has(name)))) return;
  const uses = holderOf(r, e, spot);
  const once = uses === undefined ? parent?.kind === "member" && sending.has(parent.name) : sendsOnce(uses, spot);
  if (once) add(r, e, spot, { library, form: "once", users: [] });
}

/** What holds the client: a variable of the function, by `with` or by an assignment. */
function holderOf(r: Reading, e: CallExpression, spot: Spot): Uses | undefined {
  const { statement: s } = spot;
  const target =
    s?.kind === "assign" && s.value === e ? s.target : s?.kind === "with" ? s.items.find(({ value }) => value === e)?.target : undefined;
  if (target?.kind !== "bind" || r.t.facts.bindings[target.binding]?.owner !== spot.fn) return undefined;
  return r.t.bindings.get(target.binding);
}

/** One request in one place, and nobody else gets hold of the client. */
function sendsOnce({ reads, writes }: Uses, spot: Spot): boolean {
  if (writes.length !== 1) return false;
  let sent = 0;
  for (const { e, parent, spot: where } of reads) {
    if (parent?.kind === "with") continue;
    if (parent?.kind !== "member" || parent.object !== e || where.fn !== spot.fn) return false;
    if (!sending.has(parent.name)) continue;
    if (where.loops.length > spot.loops.length) return false;
    sent++;
  }
  return sent === 1;
}

/** An agent whose connections are closed, or which is itself dropped, after its request. */
function readAgent(r: Reading, { e, parent, spot }: Site & { readonly e: CallExpression }, library: string): void {
  const keeps = keepsAlive(e);
  if (keeps === undefined) return;
  if (parent?.kind === "object") {
    const name = parent.properties.find(({ value }) => value === e)?.name ?? "";
    if (!agentOptions.has(name)) return;
    if (spot.fn !== 0) add(r, e, spot, { library, form: "agent", users: [functionInfo(r.unit, spot.fn)] });
    else if (!keeps) add(r, e, spot, { library, form: "closing", users: [] });
    return;
  }
  const { statement: s } = spot;
  if (s?.kind !== "assign" || s.value !== e || s.target.kind !== "bind") return;
  const own = r.t.facts.bindings[s.target.binding]?.owner === spot.fn;
  const uses = r.t.bindings.get(s.target.binding);
  if (!own || uses === undefined || uses.writes.length !== 1) return;
  const users = usersOf(r, uses);
  if (users === undefined) return;
  if (spot.fn !== 0) add(r, e, spot, { library, form: "agent", users });
  else if (!keeps) add(r, e, spot, { library, form: "closing", users });
}

/** undefined: what it is told cannot be seen. */
function keepsAlive({ args }: CallExpression): boolean | undefined {
  const [options, ...others] = args;
  if (options === undefined) return false;
  if (others.length > 0 || options.spread || options.value.kind !== "object") return undefined;
  let keeps: boolean | undefined = false;
  for (const { name, value, spread } of options.value.properties) {
    if (spread) return undefined;
    if (name === "keepAlive") keeps = value.kind === "literal" ? value.value === true : undefined;
  }
  return keeps;
}

/** Functions in which a request is given it; undefined when something else is done with it. */
function usersOf(r: Reading, { reads }: Uses): ClientMade["users"] | undefined {
  const users: ClientMade["users"][number][] = [];
  for (const { e, parent, spot } of reads) {
    if (parent?.kind !== "object" || !agentOptions.has(parent.properties.find(({ value }) => value === e)?.name ?? "")) return undefined;
    users.push(functionInfo(r.unit, spot.fn));
  }
  return users.length === 0 ? undefined : users;
}

function add(r: Reading, e: CallExpression, spot: Spot, made: Pick<ClientMade, "library" | "form" | "users">): void {
  r.found.clients.push({
    ...placeIn(r, e, spot),
    call: `${e.new && !r.python ? "new " : ""}${wordsOf(e.callee)}`,
    given: e.args.some(({ value }) => isGiven(r, value)),
    ...made,
  });
}

/** Something in it is what a call of a function was given, or depends on it. */
function isGiven(r: Reading, e: Expression, depth = 0): boolean {
  return someInside(e, (part) => {
    if (part.kind !== "name" || part.binding < 0 || r.t.facts.bindings[part.binding]?.owner === 0) return false;
    const [only, ...others] = r.t.bindings.get(part.binding)?.writes ?? [];
    if (only?.value === undefined || !only.whole || others.length > 0 || depth > 2) return true;
    return isGiven(r, only.value, depth + 1);
  });
}
