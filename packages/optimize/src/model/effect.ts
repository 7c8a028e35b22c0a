/** What a piece of code may do to the world, and the shape of one such operation. */

/** Kinds, in the order in which one place is owned when several rules speak of it: db > cache > http > file > process > cpu. */
export const effectKinds = [
  "db-read",
  "db-write",
  "cache-read",
  "cache-write",
  "http-read",
  "http-write",
  "queue",
  "file-read",
  "file-write",
  "process",
  "cpu",
  "sleep",
  "connect",
  "lock",
  "log",
] as const;

export type EffectKind = (typeof effectKinds)[number];

/** How a library's call acts; every member except `kind` is optional and absent means "no". */
export interface EffectSpec {
  readonly kind: EffectKind;
  /** The call returns only when the work is done: the thread is blocked. */
  readonly blocking?: boolean;
  /** A computation on the thread itself: little for one, much for the elements of a list. */
  readonly computes?: true;
  /** A read that gives a list of rows (else one row or a scalar). */
  readonly list?: boolean;
  /** A read of a number of rows only. */
  readonly count?: boolean;
  /** Many rows or keys in one statement. */
  readonly bulk?: boolean;
  /** The call is bulk when a list stands here (`knex("t").insert(rows)`, `redis.del(keys)`). */
  readonly bulkIn?: readonly Where[];
  /** Rows arrive in pieces. */
  readonly stream?: boolean;
  /** The library joins such calls of one tick into one statement (Prisma findUnique, dataloaders). */
  readonly batched?: boolean;
  /** Sent later, together with others of its kind, by the next call that `flushes` (a unit of work); in a loop it is no statement a round. */
  readonly pending?: boolean;
  /** The rows are columns or tuples: no instances of the model. */
  readonly values?: boolean;
  /** Where it stands that they are plain objects. */
  readonly plain?: readonly Where[];
  /** Walks the whole key space or table by nature (KEYS, SCAN to the end, FLUSHALL). */
  readonly scan?: boolean;
  /** Option that makes it the taking of a lock, which some get and some do not: a word among the arguments, or a member of the options (`SET key value NX`). */
  readonly lockWhen?: string;
  /** The rows are locked until the transaction ends (`SELECT … FOR UPDATE`). */
  readonly locks?: boolean;
  /** Where it may stand that they are. */
  readonly locking?: readonly Where[];
  /** Opens or ends a transaction; not a statement on rows. On a method whose callback runs in a transaction: only when none is given. */
  readonly transaction?: "begin" | "commit" | "rollback";
  /** Of the row that the call is made on: a write differs with the row's own hooks (save, destroy on an instance), a read asks for it again. */
  readonly instance?: boolean;
  /** Where the table or resource name comes from; absent: from the receiver. */
  readonly table?: Where;
  /** Rows of further tables are read with it, by joins that are not followed. */
  readonly joined?: true;
  /** Argument that holds SQL text: action, tables and limit are read from it. */
  readonly sql?: Where;
  /** Nothing but its text says whether it reads or writes. */
  readonly bySql?: boolean;
  /** Where a row limit may stand. */
  readonly limit?: readonly Where[];
  /** Where the filter stands. */
  readonly filter?: readonly Where[];
  /** Where stages stand, one after the other: one that writes what comes out of it (`$out`, `$merge`) makes it a write. */
  readonly stages?: readonly Where[];
  /** How the call says conditions, when that is no object at `filter`: named arguments, those that are left out, column and value, or expressions. */
  readonly where?: "keywords" | "excluded" | "pair" | "expressions";
  /** Where the order stands, or how the call says it. */
  readonly sort?: readonly Where[] | "arguments" | "pair" | "expressions";
  /** Where the number of rows stands that are skipped. */
  readonly skip?: readonly Where[];
  /** A row is made when none is found: always, or when something true stands there (`{ upsert: true }`). */
  readonly makesMissing?: true | Where;
  /** Where it stands that rows really go which are only marked as deleted else. */
  readonly force?: Where;
  /** Where eager-loaded relations stand. */
  readonly eager?: readonly Where[];
  /** How an eager path is loaded: within the statement, or by one more statement for each path; absent: join. */
  readonly eagerBy?: "join" | "statement";
  /** The name under which an eager path is known to later calls (`leftJoinAndSelect("order.lines", "line")`). */
  readonly eagerAs?: Where;
  /** Where this value stands, each relation is read by a statement of its own. */
  readonly joinsUnless?: { readonly where: Where; readonly is: string };
  /** A limit on rows that come with joined relations is kept by asking for the keys first: one more statement. "own": relations that the model itself loads are joined too. */
  readonly keysFirst?: "own" | "said";
  /**
   * Statements that come with a write: "cascades": what hangs on the rows goes with them; "replaces": what a list holds gives way to what
   * it is set to; "orphans": the lists of the row are read, so that what is in them goes too or is let go.
   */
  readonly beside?: "cascades" | "replaces" | "orphans";
  /** Puts a row where changed rows wait to be written: one that waits there already is written once. */
  readonly keeps?: boolean;
  /** A write of a whole row: what is kept of it, and of its lists, is read first. "kept": when it was read before; "always". */
  readonly comparesFirst?: "kept" | "always";
  /**
   * The rows of a relation of the receiver's model, which decides table and `list`. "member": the part of the member's
   * name that the "*" of its key stands for (`user.getPosts()`); else where the relation's name stands (`user.$get("posts")`).
   */
  readonly relation?: "member" | Where;
  /** Where a column list stands. */
  readonly columns?: readonly Where[];
  /**
   * A read that no call asks for: "relation" when a relation of a query's rows is touched, "row" when it is that of one row which was
   * asked for by itself, "query" when a relation is asked further (`order.items.filter(…)`), which loading it beforehand does not spare.
   */
  readonly lazy?: "relation" | "row" | "query";
  /** Of a lazy read: the relation leads to many rows, however few of them the read gives (`order.items.count()`). */
  readonly toMany?: boolean;
  /** A row by its key, which the session keeps: at most one statement for each different target. */
  readonly distinct?: boolean;
  /** Of such a read, why it is done a few times only: most tables refer to the target's (tenants, projects), it is done for the list of one row, or the row was just made (of any relation). */
  readonly few?: "hub" | "inside" | "new" | undefined;
  /** Where a time-out may stand; an effect of kind http without any of them set has none. */
  readonly timeout?: readonly Where[];
  /** A time-out holds without any option: the library's default, or an earlier call of the chain set it. */
  readonly timed?: boolean;
  /** A request of the service answers for one thing only (an object of a store): none can replace those for many. */
  readonly apart?: true;
  /** Property path of the receiver that sets a time-out for all its calls when the project assigns it ("defaults.timeout"). */
  readonly timeoutProperty?: string;
  /** Where the HTTP method stands; absent: given by `kind`. */
  readonly method?: Where;
  /** Where an object may stand whose class says the HTTP method by a method of that name of its own: it is none of the usual ones. */
  readonly ownMethod?: { readonly of: Where; readonly name: string };
  /** Where the URL stands. */
  readonly url?: Where;
  /** Where a transaction handle may be passed (Sequelize `{ transaction }`). */
  readonly within?: readonly Where[];
}

/** A place in a call: argument by position, optionally a property path in it ("where", "options.limit"). */
export interface Where {
  readonly arg: number;
  readonly property?: string;
  /** The argument's name, by which it may be given instead (`get(url, timeout=5)`). */
  readonly keyword?: string;
  /** The place is in the call that made the receiver (its constructor or factory: `axios.create({ timeout })`), not in this call. */
  readonly made?: true;
  /** Where to look when nothing stands here: `query({ text })` or `query(text)`. */
  readonly or?: Where;
}
