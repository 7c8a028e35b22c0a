/** Asks a transport as an iteration does, and gives what came of it. */
import type { Exchange, Received, RequestParts, Transport } from "../../src/load/exchange.ts";

export interface Got {
  readonly status: number;
  readonly body: Buffer;
  readonly type: string;
  readonly field: (name: string) => readonly string[];
}

export type Outcome = Got | { readonly kind: string; readonly detail: string };

export interface Asked extends Partial<Omit<RequestParts, "headers">> {
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly repeatable?: boolean;
}

export function partsOf({ method = "GET", path = "/", authority = "test", headers = [], body, varying = new Set() }: Asked): RequestParts {
  return { method, path, authority, headers, body, varying };
}

export function ask(transport: Transport, asked: Asked | RequestParts, repeatable = true): Promise<Outcome> {
  return new Promise((resolve) => {
    const parts = partsOf(asked);
    const exchange: Exchange = {
      bytes: "",
      // One that is sent again and again is the same object.
      parts: "varying" in asked && asked.varying === undefined ? (asked as RequestParts) : parts,
      bodiless: parts.method === "HEAD",
      repeatable,
      keepBody: true,
      keepFields: true,
      sent: 0,
      deadline: 0,
      attempts: 0,
      received: (response: Received) => {
        const names = new Map<string, readonly string[]>();
        const { status } = response;
        const [body, type] = [Buffer.from(response.body()), response.type()];
        const field = response.field.bind(response);
        resolve({ status, body, type, field: (name) => names.get(name) ?? field(name) });
      },
      failed: (kind, detail) => resolve({ kind, detail }),
    };
    transport.submit(exchange, performance.now());
  });
}

/** "200 <body>", or that it was refused. */
export const told = (outcome: Outcome): string =>
  "status" in outcome ? `${outcome.status} ${JSON.stringify(outcome.body.toString("latin1"))}` : "refused";
