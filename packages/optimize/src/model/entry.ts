/** How a method, a class or an annotated function of a project is entered from outside. */
/** For resolvers `method` is the type's name ("Query"). */
export interface EntrySpec {
  readonly kind: "route" | "page" | "loader" | "action" | "job" | "schedule" | "event" | "socket" | "command" | "resolver";
  readonly method?: string;
  /** The file names it, not the class. */
  readonly named?: "file";
  /** Runs once for each parent row, unless the class stands for the whole request (`Query`). */
  readonly eachParent?: boolean;
}
