/** A connection that can only read, to a server of the user's: what goes wrong is told in one line, and never with the password. */
import { Client } from "pg";
import { OptimizeError } from "../../model/errors.ts";

export interface ConnectionOptions {
  /** Milliseconds for a connection, and for each statement; default 30,000. */
  readonly timeout?: number;
  /** Statements that write are let through: a copy that was made to be written to. */
  readonly writes?: boolean;
}

const usualTimeout = 30_000;

/** Opens it, hands it over, and closes it. Throws an OptimizeError("database"). */
export async function withPostgres<T>(url: string, options: ConnectionOptions, use: (client: Client) => Promise<T>): Promise<T> {
  const timeout = options.timeout ?? usualTimeout;
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: timeout,
    statement_timeout: timeout,
    lock_timeout: Math.min(timeout, 2000),
    application_name: "optimize",
    ...(options.writes === true ? {} : { options: "-c default_transaction_read_only=on" }),
  });
  // A server that goes away while nothing is asked: the next question says so.
  client.on("error", () => {});
  try {
    await client.connect();
    return await use(client);
  } catch (error) {
    throw error instanceof OptimizeError ? error : explained(error, url, timeout);
  } finally {
    await client.end().catch(() => {});
  }
}

/** The address without its password, for people. */
export function shownUrl(url: string): string {
  try {
    const parsed = new URL(url);
    const query = parsed.searchParams.get("host");
    return `${parsed.protocol}//${parsed.hostname === "" ? (query ?? "") : parsed.host}${parsed.pathname}`;
  } catch {
    return "the address that was given";
  }
}

const byCode: Readonly<Record<string, (timeout: number) => readonly [string, string]>> = {
  ECONNREFUSED: () => ["nothing listens there", "is the server running, and is the port right?"],
  ENOTFOUND: () => ["there is no such host", "check the host's name"],
  EAI_AGAIN: () => ["the host's name could not be looked up", "check the network"],
  ETIMEDOUT: (timeout) => [`no answer within ${timeout / 1000} s`, "is the server reachable from here? --timeout gives it longer"],
  ECONNRESET: () => ["the connection was closed", "does the server want TLS? add ?sslmode=require"],
  ENOENT: () => ["there is no socket", "is the server running?"],
  "28P01": () => ["the password was refused", "set PGPASSWORD, or put it into the address"],
  "28000": () => ["the role may not connect", "check pg_hba.conf and the role's name"],
  "3D000": () => ["there is no such database", "check the name behind the last slash"],
  "53300": () => ["the server has no connection left", "try again later"],
  "57014": (timeout) => [`the server did not answer within ${timeout / 1000} s`, "--timeout gives it longer"],
  "55P03": () => ["a table is locked", "try again later"],
};

function explained(error: unknown, url: string, timeout: number): OptimizeError {
  const { code, message = String(error) } = error as { code?: string; message?: string };
  const isTimeout = /timeout expired|timed out/i.test(message);
  const known = byCode[isTimeout && (code === undefined || !(code in byCode)) ? "ETIMEDOUT" : (code ?? "")];
  const [why, hint] = known?.(timeout) ?? [withoutPassword(message, url), ""];
  return new OptimizeError("database", `${shownUrl(url)}: ${why}`, hint === "" ? {} : { hint });
}

function withoutPassword(message: string, url: string): string {
  try {
    const { password } = new URL(url);
    return password === "" ? message : message.replaceAll(decodeURIComponent(password), "***").replaceAll(password, "***");
  } catch {
    return "it could not be used";
  }
}
