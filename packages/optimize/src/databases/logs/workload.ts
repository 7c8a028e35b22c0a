/** Statements with how often and how long they ran, each shape once. */
import { fingerprintOf } from "../../model/statement.ts";

export interface WorkloadStatement {
  /** One of its executions, as it was sent; or as the server counted it. */
  readonly sql: string;
  readonly fingerprint: string;
  readonly calls: number;
  /** All calls together; undefined when nobody measured. */
  readonly milliseconds: number | undefined;
  /** Its values were always these: they are part of the program. */
  readonly constant: boolean;
}

export interface WorkloadBuilder {
  readonly add: (sql: string, calls?: number, milliseconds?: number) => void;
  readonly statements: () => readonly WorkloadStatement[];
}

interface Entry {
  sql: string;
  calls: number;
  milliseconds: number | undefined;
  constant: boolean;
}

/** Texts that are kept to spare their fingerprint. */
const mostRemembered = 50_000;

export function workloadBuilder(): WorkloadBuilder {
  const entries = new Map<string, Entry>();
  const remembered = new Map<string, string>();
  return {
    add: (sql, calls = 1, milliseconds) => {
      let fingerprint = remembered.get(sql);
      if (fingerprint === undefined) {
        fingerprint = fingerprintOf(sql);
        if (remembered.size < mostRemembered) remembered.set(sql, fingerprint);
      }
      const known = entries.get(fingerprint);
      if (known === undefined) {
        entries.set(fingerprint, { sql, calls, milliseconds, constant: true });
        return;
      }
      known.calls += calls;
      if (milliseconds !== undefined) known.milliseconds = (known.milliseconds ?? 0) + milliseconds;
      if (known.sql !== sql) known.constant = false;
    },
    statements: () => [...entries].map(([fingerprint, entry]) => ({ fingerprint, ...entry })),
  };
}
