/** Steps that are conversations: a WebSocket, or events that a server sends. Each is one sample: from the intended begin to the last awaited message. */
import { request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import { createParser } from "eventsource-parser";
import { WebSocket } from "ws";
import { kindOfError, type FailureKind } from "../failures.ts";
import type { Plan } from "../plan.ts";
import { filled, type Variables } from "../scenario/template.ts";
import type { Iteration } from "./iteration.ts";
import { authorityOf, type Step } from "./step.ts";

/** Milliseconds. */
const goodbye = 1000;

interface Talk {
  readonly plan: Plan;
  readonly step: Step;
  readonly variables: Variables;
  readonly done: () => void;
  readonly failed: (kind: FailureKind, detail: string) => void;
}

/** Holds the conversation of a step, and tells the iteration when it is over. Gives how to cut it off. */
export function converse(step: Step, plan: Plan, variables: Variables, iteration: Iteration, now: number, onOver: () => void): () => void {
  iteration.sent = now;
  let over = false;
  let end = (): void => {};
  const finish = (tell: () => void): void => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    end();
    onOver();
    tell();
  };
  const failed = (kind: FailureKind, detail: string): void => finish(() => iteration.failed(kind, detail, performance.now()));
  const timer = setTimeout(() => failed("timeout", `not over within ${plan.timeout} ms`), plan.timeout);
  const talk = { plan, step, variables, failed, done: () => finish(() => iteration.conversed(performance.now())) };
  try {
    end = step.plan.stream?.kind === "websocket" ? webSocket(talk) : events(talk);
  } catch (error) {
    failed("extraction", error instanceof Error ? error.message : String(error));
  }
  return () => failed("cut off", "it was still under way at the end");
}

function headersOf({ step, variables }: Talk): Record<string, string> {
  return Object.fromEntries(step.plan.headers.map(([name, value]) => [name, filled(value, variables)]));
}

function webSocket(talk: Talk): () => void {
  const { plan, step, variables } = talk;
  const origin = plan.origins[step.plan.origin] as Plan["origins"][number];
  const stream = step.plan.stream as NonNullable<typeof step.plan.stream>;
  // A name without a value is a failure of this step, before anything is sent.
  const messages = stream.send.map((message) => filled(message, variables));
  const url = `${origin.protocol === "https:" ? "wss" : "ws"}://${authorityOf(origin)}${filled(step.plan.path, variables, encodeURIComponent)}`;
  const socket = new WebSocket(url, {
    headers: headersOf(talk),
    lookup: pinned(origin.addresses),
    rejectUnauthorized: !plan.insecure,
    handshakeTimeout: plan.timeout,
    perMessageDeflate: false,
    ...(plan.ca === undefined ? {} : { ca: plan.ca }),
  });
  let received = 0;
  socket.on("open", () => {
    for (const message of messages) socket.send(message);
    if (stream.messages === 0) talk.done();
  });
  socket.on("message", () => {
    if (++received >= stream.messages) talk.done();
  });
  socket.on("unexpected-response", (_request, response) => talk.failed("status", `status ${response.statusCode ?? 0}`));
  socket.on("error", (error: NodeJS.ErrnoException) => talk.failed(kindOfError(error), error.message));
  socket.on("close", () => talk.failed("reset", `closed after ${received} of ${stream.messages} messages`));
  return () => {
    if (socket.readyState !== WebSocket.OPEN) return socket.terminate();
    socket.close();
    // Who does not say goodbye is not waited for.
    setTimeout(() => socket.terminate(), goodbye).unref();
  };
}

function events(talk: Talk): () => void {
  const { plan, step, variables } = talk;
  const origin = plan.origins[step.plan.origin] as Plan["origins"][number];
  const most = step.plan.stream?.messages ?? 1;
  let received = 0;
  const parser = createParser({
    onEvent: () => {
      if (++received === most) talk.done();
    },
  });
  const secure = origin.protocol === "https:";
  const request = (secure ? requestTls : requestPlain)({
    host: origin.host,
    port: origin.port,
    path: filled(step.plan.path, variables, encodeURIComponent),
    headers: { accept: "text/event-stream", ...headersOf(talk) },
    lookup: pinned(origin.addresses),
    agent: false,
    ...(secure ? { rejectUnauthorized: !plan.insecure, ...(plan.ca === undefined ? {} : { ca: plan.ca }) } : {}),
  });
  request.on("response", (response) => {
    if (response.statusCode !== 200) return talk.failed("status", `status ${response.statusCode ?? 0}`);
    if (!/^text\/event-stream\b/i.test(response.headers["content-type"] ?? "")) return talk.failed("wrong body", "no event stream");
    response.setEncoding("utf8");
    response.on("data", (text: string) => parser.feed(text));
    response.on("end", () => talk.failed("reset", `ended after ${received} of ${most} events`));
    response.on("error", (error: NodeJS.ErrnoException) => talk.failed(kindOfError(error), error.message));
  });
  request.on("error", (error: NodeJS.ErrnoException) => talk.failed(kindOfError(error), error.message));
  request.end();
  return () => void request.destroy();
}

type Lookup = NonNullable<Parameters<typeof requestPlain>[0] extends infer O ? (O extends { lookup?: infer L } ? L : never) : never>;

/** Names were looked up before the run: only these addresses are gone to. */
function pinned(addresses: readonly string[]): Lookup {
  return ((_name: string, options: { all?: boolean }, done: (...answer: unknown[]) => void) => {
    const all = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    if (options.all === true) done(null, all);
    else done(null, all[0]?.address, all[0]?.family);
  }) as Lookup;
}
