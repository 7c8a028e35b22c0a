/** How a request can fail. The order is the layout of the counters in shared memory and in files of results: only added to. */
export const failureKinds = [
  "refused",
  "reset",
  "timeout",
  "dns",
  "tls",
  "connection",
  "protocol",
  "status",
  "empty body",
  "wrong body",
  "check",
  "extraction",
  "not sent",
  "cut off",
] as const;

export type FailureKind = (typeof failureKinds)[number];

export const placeOfKind: Readonly<Record<FailureKind, number>> = Object.fromEntries(
  failureKinds.map((kind, place) => [kind, place]),
) as Record<FailureKind, number>;

/** Failures of which no response came: the target is not there, or does not answer. */
export const unanswered: ReadonlySet<FailureKind> = new Set(["refused", "reset", "timeout", "dns", "tls", "connection", "protocol"]);

/** Failures that took no time that anybody waited for an answer. */
export const timeless: ReadonlySet<FailureKind> = new Set(["refused", "reset", "dns", "tls", "connection", "protocol", "not sent"]);

const kindsByCode: Readonly<Record<string, FailureKind>> = {
  ECONNREFUSED: "refused",
  ECONNRESET: "reset",
  EPIPE: "reset",
  ETIMEDOUT: "timeout",
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  // This machine has no port, file or memory left for a connection: the target has done nothing.
  EADDRNOTAVAIL: "not sent",
  EMFILE: "not sent",
  ENFILE: "not sent",
  ENOBUFS: "not sent",
};

/** The kind of a socket's error. */
export function kindOfError(error: NodeJS.ErrnoException): FailureKind {
  const code = error.code ?? "";
  const known = kindsByCode[code];
  if (known !== undefined) return known;
  return /^ERR_(?:TLS|SSL)|CERT|SIGNATURE|ISSUER|ALTNAME|EPROTO/.test(code) ? "tls" : "connection";
}
