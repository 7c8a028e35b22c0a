/** A service on loopback for tests of the client. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Executor, Plan } from "../../src/load/plan.ts";
import { documentShape } from "../../src/load/scenario/document.ts";
import { planOf } from "../../src/load/scenario/plan.ts";

export interface Service {
  readonly url: string;
  readonly requests: { method: string; url: string; headers: IncomingMessage["headers"]; body: string }[];
  readonly close: () => Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export async function service(answer: Answer): Promise<Service> {
  const requests: Service["requests"] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      requests.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
      answer(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The plan of a scenario that allows everything. */
export async function planFor(
  document: unknown,
  executor?: Executor,
  env: Record<string, string> = {},
): Promise<{ plan: Plan; setup?: Plan }> {
  const made = await planOf({
    document: documentShape.parse(document),
    path: import.meta.filename,
    shown: "the scenario",
    permissions: { hosts: [], writes: true },
    env,
    transport: { insecure: false },
    limits: { mostRequests: 1e6 },
  });
  return executor === undefined ? made : { ...made, plan: { ...made.plan, executor } };
}

export const json = (response: ServerResponse, value: unknown, status = 200): void => {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
};
