/** What the fields of a response say of it (RFC 9113, section 8). */
import type { Block } from "./header-decoder.ts";

export interface FieldsHead {
  readonly status: number;
  /** Bytes of the body; -1 when nothing says it. */
  readonly length: number;
  /** The body is compressed. */
  readonly encoded: boolean;
  readonly type: string;
  readonly typeBytes: Buffer;
  /** What is wrong with them. */
  readonly wrong?: string;
}

const name = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
// eslint-disable-next-line no-control-regex
const forbidden = /[\u0000\r\n]/;
/** What HTTP/1.1 says of a connection is said otherwise here. */
const ofConnections: ReadonlySet<string> = new Set(["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"]);
const known = new WeakMap<Block, FieldsHead>();

/** The head that a block is; the same one for a block that is the same. */
export function headOf(block: Block): FieldsHead {
  const found = known.get(block);
  if (found !== undefined) return found;
  const head = read(block);
  known.set(block, head);
  return head;
}

function read({ fields }: Block): FieldsHead {
  let [status, length, type, encoded] = [0, -1, "", false];
  let wrong = wrongIn(fields, 1);
  for (const { name: one, value } of fields) {
    if (one === ":status") {
      if (!/^[1-9]\d\d$/.test(value) || status !== 0) wrong ??= "a status that is none";
      status = Number(value);
    } else if (one === "content-length") {
      if (!/^\d{1,15}$/.test(value) || length >= 0) wrong ??= "a content length that is no number";
      length = Number(value);
    } else if (one === "content-type") type ||= value;
    else if (one === "content-encoding") encoded = value !== "identity";
  }
  if (status === 0) wrong ??= "no status";
  if (status === 101) wrong ??= "a switch of protocols that nobody asked for";
  return { status, length, encoded, type, typeBytes: Buffer.from(type, "latin1"), ...(wrong === undefined ? {} : { wrong }) };
}

/** What is wrong with what stands behind a body. */
export const wrongInTrailer = ({ fields }: Block): string | undefined => wrongIn(fields, 0);

/** `pseudo` fields (":status") may stand at the beginning. */
function wrongIn(fields: Block["fields"], pseudo: number): string | undefined {
  for (const [place, { name: one, value }] of fields.entries()) {
    if (one.startsWith(":")) {
      if (one !== ":status" || place >= pseudo) return "a field that no response has";
    } else if (!name.test(one) || ofConnections.has(one)) return "a malformed header field";
    if (forbidden.test(value)) return "a control character in a header field";
  }
  return undefined;
}
