/** A connection to an origin, plain or over TLS; what comes is handed on from memory that the next read writes over. */
import { connect, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import type { Origin, TransportOptions } from "./exchange.ts";

/** Reads of all connections go to the same memory, one after the other: what is to stay is copied. libuv on Windows hands memory out before. */
const shared = process.platform === "win32" ? undefined : Buffer.allocUnsafeSlow(65_536);

export interface SocketUser {
  readonly origin: Origin;
  readonly options: TransportOptions;
  /** What is to be spoken over TLS. */
  readonly protocol: "http/1.1" | "h2";
  /** The TLS session that is to be gone on with. */
  readonly session: Buffer | undefined;
  readonly onConnect: (socket: Socket) => void;
  readonly onData: (bytes: Buffer, length: number) => void;
  readonly onSession: (session: Buffer) => void;
}

export function openSocket(address: string, user: SocketUser): Socket {
  const { origin, options, protocol, session } = user;
  const onread = {
    buffer: shared ?? Buffer.allocUnsafeSlow(65_536),
    callback: (length: number, bytes: Uint8Array): boolean => {
      user.onData(bytes as Buffer, length);
      return true;
    },
  };
  if (origin.protocol === "http:") {
    const socket: Socket = connect({ host: address, port: origin.port, noDelay: true, onread }, () => user.onConnect(socket));
    return socket;
  }
  // `onread` is documented for TLS too, and missing in the types.
  const secure = {
    host: address,
    port: origin.port,
    servername: /^[\d.]+$|:/.test(origin.host) ? "" : origin.host,
    rejectUnauthorized: !options.insecure,
    ALPNProtocols: [protocol],
    onread,
    ...(session === undefined ? {} : { session }),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  };
  const socket: TLSSocket = connectTls(secure, () => user.onConnect(socket));
  socket.setNoDelay(true);
  socket.on("session", user.onSession);
  return socket;
}
