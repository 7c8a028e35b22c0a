/**
 * What something unknown is when it is called by this name with this: a statement of the library is run by its sessions only, and a text
 * of SQL by what speaks to a database.
 */
export interface ReceiverSpec {
  /** What the first argument is: a statement of the library, a class of one of its models or a column of it, a text of SQL. */
  readonly given: "statement" | "model" | "sql";
  readonly calls: readonly string[];
  /** At least so many arguments. */
  readonly least?: number;
  readonly type: string;
  /** In a function that waits. */
  readonly waits: string;
}

/** How the client of an operation begins whose receiver is known by nothing else: it may be one connection or a pool of them. */
export const givenClient = "given:";
