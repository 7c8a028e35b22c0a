/** The vocabulary in which a data layer says that a call takes something out of a pool, and how it comes back: data, as in `library.ts`. */

export interface LendsSpec {
  readonly what: "connection" | "transaction" | "session";
  /** Calls of what was lent that give it back; the first is the one to advise. */
  readonly back: readonly string[];
  /** Calls of others that give it back when they get it (`pool.putconn(connection)`). */
  readonly to?: readonly string[];
  /** Calls of it that fail only when the connection does: beginning with it, rolling back. */
  readonly steady?: readonly string[];
  /** It comes back too when nothing holds it any more. */
  readonly collected?: true;
}
