/** What rules ask: the interpreted project. Rules see operations, loops, waits and paths, never syntax or files. */
import type { AwaitGroup } from "./awaits.ts";
import type { EffectKind, EffectSpec } from "./effect.ts";
import type { Cost } from "./formula.ts";
import type { Failure } from "./finding.ts";
import type { QueryShape } from "./query-shape.ts";
import type { Schema } from "./schema.ts";
import type { Size } from "./size.ts";
import type { Locals } from "./local.ts";
import type { IndexAnswer, PlanQuestion } from "./index-question.ts";
import type { LostUpdate, LostWork } from "./lost.ts";

/** An exact place: `at`/`end` are offsets in the file, lines and columns are 1-based. */
export interface Place {
  readonly file: string;
  readonly at: number;
  readonly end: number;
  readonly line: number;
  readonly endLine: number;
  readonly column: number;
  /** The function that holds it. */
  readonly function: FunctionInfo;
}

export interface FunctionInfo {
  readonly id: string;
  readonly file: string;
  /** Enclosing symbols: "OrderService.list", "" for the module body. */
  readonly symbol: string;
  readonly line: number;
  readonly endLine: number;
  readonly async: boolean;
  /** Inside a class; that class. */
  readonly className: string | undefined;
  /** The module body: runs once, at start-up. */
  readonly module: boolean;
  readonly language: "javascript" | "python";
}

/** How the result of an operation is used, as far as the interpretation saw it. */
export type Use =
  | "truth"
  | "zero-comparison"
  | "length"
  | "first"
  | "filter"
  | "sort"
  | "slice"
  | "find"
  | "reduce"
  /** Columns of the rows are added up, and nothing else. */
  | "add"
  | "iterate"
  | "member"
  | "escape"
  | "discard";

/** One library call with an effect: a statement, a command, a request. */
export interface Operation {
  /** Where the client was made that sends it. */
  readonly client?: string;
  readonly id: string;
  readonly kind: EffectKind;
  readonly spec: EffectSpec;
  readonly library: string;
  /** "findMany", "query", "fetch". */
  readonly method: string;
  readonly table: string | undefined;
  readonly place: Place;
  /** A LIMIT, take, first … was seen. */
  readonly limited: boolean;
  /** The largest number of rows, when it is a constant. */
  readonly most?: number | undefined;
  /** A time-out was seen (requests). */
  readonly timeout: boolean;
  /** The SQL text when it was a literal. */
  readonly sql: string | undefined;
  /** What it asks of its table, in each way in which it was seen; absent when nothing is known. */
  readonly shapes?: readonly QueryShape[];
  /** URL with its variable parts as `*`, when known. */
  readonly url: string | undefined;
  /** Uses of the result, by kind, each with the first place. */
  readonly uses: ReadonlyMap<Use, Place>;
  /** Filter is a list of keys (`IN (...)`): one statement for many rows. */
  readonly byList: boolean;
  /** Of a lazy read: the relations from the rows of the query on, "author.profile". */
  readonly relationPath?: string | undefined;
  /** Where the query was put together that gave these rows, or the rows whose relation is read: the last link of its chain. */
  readonly builtAt?: Place | undefined;
  /** It says which columns it wants, or may do so in options that cannot be seen. */
  readonly chooses?: boolean;
  /** These, in the names of the code, when all of them are constants and the same each time: what is read, or what a write sets. */
  readonly columns?: readonly string[] | undefined;
  /** Relations that it names, to be loaded with the rows. */
  readonly includes?: readonly string[];
  /** Relations to many that it joins, so that its rows are those of all of them multiplied: paths from the rows that are asked for. */
  readonly joinsLists?: readonly string[];
  /** A transaction handle is passed, or may be in options that cannot be seen: it may run on one connection with others. */
  readonly within?: boolean;
  /**
   * How the code chooses among the rows (`filter`, `find`, `some` …): "columns" when every choice only compares members of the row
   * with values made outside, so that the database could choose; "code" when one of them does more. Absent: not known.
   */
  readonly picks?: "columns" | "code" | undefined;
  /** The same statement for each call of the function that gives its result away: `uses` and `picks` of a flow are its caller's, the operation's own are all of them together. */
  readonly flows?: readonly Operation[] | undefined;
  /** Of a flow: the call that gives the rows to this caller, and the name that it calls. */
  readonly givenBy?: { readonly place: Place; readonly name: string } | undefined;
}

export interface Loop {
  readonly id: string;
  readonly place: Place;
  /** each/keys/count/while/do: statements; callback: an iterating call such as `map`; recursion: a function that calls itself with what it read. */
  readonly form: "each" | "keys" | "count" | "while" | "do" | "callback" | "recursion" | "comprehension";
  /** "map", "forEach", "p-map" … for callbacks. */
  readonly method: string | undefined;
  readonly size: Size;
  /** What is iterated, in the words of the code: "orders". */
  readonly name: string;
  /** The elements came from a query; its operation. */
  readonly rows: Operation | undefined;
  /** sequential: one after the other; parallel: all at once; limited: at most some at once. */
  readonly mode: "sequential" | "parallel" | "limited";
  /** The body always leaves at the end of its first round (`return` after `await`). */
  readonly once: boolean;
  /** Leaving depends on a result read in the body: pagination, polling, search, retry. */
  readonly exitsOnResult: boolean;
  /** The body sleeps, backs off or waits for a rate limit. */
  readonly paced: boolean;
  /** The body yields to a consumer or awaits something that hands out work. */
  readonly yields: boolean;
  /** The loop's elements are chunks (slices, batches) of a longer list. */
  readonly chunks: boolean;
  /** The list itself is a piece of a longer one, taken by code around the loop. */
  readonly piece: boolean;
  /** The settings of the program name what it goes over: as many as somebody wrote down before it started. Kept: what it gives is put where all callers find it. Rejected: it says of each what is wrong. */
  readonly settled: "settings" | "file" | "package" | "kept" | "rejected" | undefined;
  /** The list is one field among others of something that was sent. */
  readonly sent: boolean;
  /** Steps of the loop depend on the result of the step before. */
  readonly carries: boolean;
}

/** What runs code for each thing that it shows: a serializer, a template, the text of a thing, a property, a resolver. */
export type Through = "serializer" | "template" | "text" | "property" | "resolver";

/** One call on the way from a place to an operation. */
export interface Step {
  readonly place: Place;
  /** What is called, as written: "this.orders.total". */
  readonly name: string;
}

/** An operation inside a loop: directly, or through the calls of `path`. */
export interface LoopedOperation {
  readonly operation: Operation;
  readonly loop: Loop;
  /** Loops around `loop` in the same activation, outermost first. */
  readonly outer: readonly Loop[];
  /** Does what the operation is asked depend on the element; only on earlier rounds; or on nothing of the loop? */
  readonly relation: "element" | "carried" | "invariant" | "collected";
  /** What it is asked depends on an earlier round too, whatever else it depends on. */
  readonly carried: boolean;
  /** The expression inside the loop that leads to it. */
  readonly site: Place;
  /** Calls from `site` (first) down to the operation (not included); empty when the operation stands in the loop. */
  readonly path: readonly Step[];
  readonly function: FunctionInfo;
  /** Runs under a condition, of the round or of what it calls. */
  readonly conditional: boolean;
  /** Some rounds do not get there: under a condition whose other arm does no such thing, or because they left before. */
  readonly partly: boolean;
  /** One of several methods that a call may mean does it, and others do not. */
  readonly guessed: boolean;
  /** Conditional on the element being one literal: at most once for each literal. */
  readonly perLiteral: boolean;
  /** A try inside the loop isolates each element. */
  readonly isolated: boolean;
  /** A memo, cache or dataloader stands between. */
  readonly memoized: boolean;
  /** The written values depend on the element (no single statement has the same effect). */
  readonly valuesVary: boolean;
  /** A read: each element says which table is asked, and nothing else about a single row of it. */
  readonly otherTable: boolean;
  /** The result feeds another write of the same round. */
  readonly feedsWrite: boolean;
  readonly inTransaction: boolean;
  /** Each round opens the transaction that it runs in, and with it a connection of its own. */
  readonly ownTransaction: boolean;
  /** The round does not wait until it is done. */
  readonly floating: boolean;
  /** A semaphore on the way lets only some of them run at a time. */
  readonly limited: boolean;
  /** Known sizes at the callers, when the loop runs over a parameter: every caller passes at most so many. */
  readonly callerMax: number | undefined;
  /** What the loop's element is shown by, when that is what runs the operation. */
  readonly through?: Through | undefined;
}

/** An operation reached from a function or entry, with its way. */
export interface ReachedOperation {
  readonly operation: Operation;
  readonly path: readonly Step[];
  readonly conditional: boolean;
  /** The entry does not wait until it is done. */
  readonly floating: boolean;
  readonly memoized: boolean;
  /** What it is asked depends on what the entry was given. */
  readonly fromRequest: boolean;
  /** What it is asked depends on what the instance holds whose method the entry is. */
  readonly fromInstance: boolean;
  /** It runs on the thread that serves everybody (an event loop), as opposed to one that the request, or this call, has for itself. */
  readonly onLoop: boolean;
}

/** An operation that runs while a database transaction is open. */
export interface TransactionOperation {
  readonly operation: Operation;
  readonly transaction: Place;
  readonly site: Place;
  readonly path: readonly Step[];
  readonly function: FunctionInfo;
  readonly conditional: boolean;
}

/** The same read with the same arguments twice on one path, no write to its table between. */
export interface RepeatedRead {
  readonly operation: Operation;
  readonly first: Place;
  readonly second: Place;
  readonly firstPath: readonly Step[];
  readonly secondPath: readonly Step[];
  readonly function: FunctionInfo;
  readonly conditional: boolean;
  /** Of the methods that a call on the way may mean only some ask. */
  readonly guessed: boolean;
  /** Of the same row, but not for the same columns. */
  readonly otherColumns?: true;
  /** The two places are in functions that the framework calls for one and the same request. */
  readonly together?: true;
}

export interface Entry {
  /** "GET /orders/:id", "job nightly", "function listOrders". */
  readonly name: string;
  /** route, page, action, job, schedule, event, socket, resolver, command, loader, procedure, override; function and module are no entries of the outside world. */
  readonly kind: string;
  readonly place: Place;
  readonly cost: Cost;
  readonly unknown: readonly string[];
  readonly operations: readonly ReachedOperation[];
  /** What enters there: "express"; absent when no library does. */
  readonly library?: string;
  /** Runs once for each parent row (GraphQL field resolvers). */
  readonly perItem: boolean;
  /** Of these: some field is seen to answer with a list of such parents. */
  readonly listed?: boolean;
}

export interface Project {
  readonly entries: readonly Entry[];
  /** Exported functions that no entry reaches, and others that nothing calls. */
  readonly functions: readonly Entry[];
  readonly operations: readonly Operation[];
  readonly looped: readonly LoopedOperation[];
  readonly awaits: readonly AwaitGroup[];
  readonly transactions: readonly TransactionOperation[];
  readonly repeats: readonly RepeatedRead[];
  readonly lost: readonly LostWork[];
  readonly updates: readonly LostUpdate[];
  /** What the text of single functions says. */
  readonly locals: Locals;
  readonly failures: readonly Failure[];
  /** The databases of the project; empty when nothing says what its tables are. */
  readonly schemas: readonly Schema[];
  /** What a planner says of an index that is missing, or a rewrite. Absent: none is asked, the structure decides. Undefined: it is asked too much already. */
  planned?(question: PlanQuestion): IndexAnswer | undefined;
  /** Entries from which the function is reached, entries of the outside world only. */
  routesReaching(fn: FunctionInfo): readonly Entry[];
  /** A public name of what is published for users of a framework: their programs may call it. */
  isPublished(fn: FunctionInfo): boolean;
  /** A size symbol as people read it. */
  nameOfSymbol(symbol: string): string;
}
