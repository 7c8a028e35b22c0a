/** Before anything is measured: is somebody there, with a certificate that is trusted, and does it speak HTTP? */
import { OptimizeError } from "../model/errors.ts";
import type { Exchange, Received, TransportOptions } from "./exchange.ts";
import type { FailureKind } from "./failures.ts";
import { Http2Pool } from "./http2/pool.ts";
import { Pool } from "./http1/pool.ts";
import type { Plan } from "./plan.ts";
import { withoutSecrets } from "./redact.ts";
import { authorityOf, stepOf } from "./worker/step.ts";

/** Milliseconds that the first answer may take at least: a service that has just been started may have to compile itself. */
const leastWait = 10_000;

/** Asks each origin once, where the plan begins with a request that changes nothing. Throws an OptimizeError("unreachable"). */
export async function preflight(plan: Plan): Promise<void> {
  for (const [place, origin] of plan.origins.entries()) {
    const first = plan.scenarios.flatMap(({ steps }) => steps.slice(0, 1)).find((step) => step.origin === place);
    if (first === undefined || first.stream !== undefined || !["GET", "HEAD"].includes(first.method)) continue;
    const step = stepOf(first, origin, plan.protocol === "2");
    if (step.fixed === undefined) continue;
    const { bytes, parts } = step.fixed;
    const options = {
      connections: 1,
      timeout: Math.max(plan.timeout, leastWait),
      insecure: plan.insecure,
      ...(plan.ca === undefined ? {} : { ca: plan.ca }),
    };
    const wrong = await ask(plan, place, options, { bytes, parts, bodiless: step.bodiless });
    if (wrong !== undefined) throw unreachable(authorityOf(origin), wrong, plan);
  }
}

interface Wrong {
  readonly kind: FailureKind;
  readonly detail: string;
}

function ask(
  plan: Plan,
  place: number,
  options: TransportOptions,
  request: Pick<Exchange, "bytes" | "parts" | "bodiless">,
): Promise<Wrong | undefined> {
  const origin = plan.origins[place] as Plan["origins"][number];
  const transport = plan.protocol === "2" ? new Http2Pool(origin, options) : new Pool(origin, options);
  return new Promise((resolve) => {
    const end = (wrong: Wrong | undefined): void => {
      clearInterval(timer);
      transport.close(performance.now());
      resolve(wrong);
    };
    const timer = setInterval(() => transport.sweep(performance.now()), 100);
    const exchange: Exchange = {
      ...request,
      repeatable: true,
      keepBody: false,
      keepFields: false,
      sent: 0,
      deadline: 0,
      attempts: 0,
      received: (_response: Received) => end(undefined),
      failed: (kind, detail) => end({ kind, detail }),
    };
    transport.submit(exchange, performance.now());
  });
}

const advice: Partial<Record<FailureKind, readonly [what: string, hint: string]>> = {
  refused: ["refuses connections", "is the service running, and does it listen there? Start it first"],
  tls: ["could not be trusted", "name the authority's certificate with --ca <file>, or accept any with --insecure"],
  protocol: ["does not speak HTTP as it should", "is it the right port, and http or https?"],
  timeout: ["did not answer", "a longer --timeout waits longer"],
  reset: ["closed the connection", "is it the right port, and http or https?"],
  connection: ["could not be reached", "check the address and the port"],
};

/** Where the reason itself says what helps. */
const hints: readonly (readonly [form: RegExp, hint: string])[] = [
  [/altnames|does not match/i, "use a name that the certificate holds, or accept any certificate with --insecure"],
  [/expired|not yet valid/i, "the certificate needs another date, and no authority helps; --insecure accepts it"],
  [/HTTP\/2/, 'without --http2 (or "protocol": "2") it is asked over HTTP/1.1'],
];

function unreachable(authority: string, { kind, detail }: Wrong, plan: Plan): OptimizeError {
  const noTls = kind === "tls" && /wrong version number|packet length|EPROTO|unknown protocol/i.test(detail);
  if (noTls)
    return new OptimizeError("unreachable", `${authority} does not speak TLS`, { hint: "is it http instead of https, or another port?" });
  const [what, usual] = advice[kind] ?? ["could not be reached", "check the address and the port"];
  const hint = hints.find(([form]) => form.test(detail))?.[1] ?? usual;
  return new OptimizeError("unreachable", `${authority} ${what}: ${withoutSecrets(detail, plan.secrets)}`, { hint });
}
