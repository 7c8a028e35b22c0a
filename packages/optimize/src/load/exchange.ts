/** What a transport (HTTP/1.1, HTTP/2) sends and whom it tells. Methods and fields instead of promises and closures: this runs for every request. */
import type { FailureKind } from "./failures.ts";

/** A response as whoever asked reads it, at once: the bytes lie where the next response will be written. */
export interface Received {
  readonly status: number;
  /** Bytes of the body as they were sent. */
  readonly bodyBytes: number;
  /** First and last byte of the body; -1 when it is empty. */
  readonly first: number;
  readonly last: number;
  /** The body is compressed. */
  readonly encoded: boolean;
  /** Whether the content type is the one of these bytes; also true when the response has none. */
  readonly typeIs: (expected: Uint8Array) => boolean;
  readonly type: () => string;
  /** The body, when it was asked for. */
  readonly body: () => Buffer;
  /** Values of a header field, when fields were asked for. */
  readonly field: (name: string) => readonly string[];
}

export interface Exchange {
  /** The whole request as it goes over HTTP/1.1. */
  readonly bytes: Buffer | string;
  /** The parts of it, for HTTP/2. */
  readonly parts: RequestParts | undefined;
  readonly bodiless: boolean;
  /** Sending it again does no harm, so that a connection which the server has just closed costs nothing. */
  readonly repeatable: boolean;
  readonly keepBody: boolean;
  readonly keepFields: boolean;
  /** When it was written, in milliseconds of this thread's clock. The transport sets it. */
  sent: number;
  /** From then on nobody waits any more. The transport sets it when the request is handed in. */
  deadline: number;
  attempts: number;
  received: (response: Received, now: number) => void;
  failed: (kind: FailureKind, detail: string, now: number) => void;
}

export interface RequestParts {
  readonly method: string;
  readonly path: string;
  readonly authority: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer | undefined;
  /** Fields of it (in lower case, ":path" too) that another request may say otherwise; undefined when this very object is sent again and again. */
  readonly varying: ReadonlySet<string> | undefined;
}

/** Sends exchanges to one origin. */
export interface Transport {
  submit: (exchange: Exchange, now: number) => void;
  /** Ends what is past its deadline. */
  sweep: (now: number) => void;
  /** Requests that are under way or wait for a connection. */
  readonly open: number;
  /** Ends everything; what is under way fails as cut off. */
  close: (now: number) => void;
  readonly counts: TransportCounts;
}

export interface TransportCounts {
  connections: number;
  /** Requests that waited for a connection because all were busy. */
  waited: number;
  retried: number;
  bytesIn: number;
  bytesOut: number;
  /** Responses behind which more came than they said. */
  surplus: number;
}

export const noCounts = (): TransportCounts => ({ connections: 0, waited: 0, retried: 0, bytesIn: 0, bytesOut: 0, surplus: 0 });

/** Where a transport connects to; addresses were looked up before, and are the only ones that it goes to. */
export interface Origin {
  readonly protocol: "http:" | "https:";
  readonly host: string;
  readonly port: number;
  readonly addresses: readonly string[];
}

export interface TransportOptions {
  readonly connections: number;
  /** Milliseconds from handing a request in to its last byte. */
  readonly timeout: number;
  readonly ca?: string;
  readonly insecure: boolean;
}
