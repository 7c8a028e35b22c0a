/** What the text of single functions says of lists, listeners, timers …: known without following calls, proven by what interpretation met there. */
import type { Acquisition, Guard, Misremoval, ObjectUrl, Race } from "./acquisition.ts";
import type { Aggregation } from "./aggregation.ts";
import type { ClientLocals } from "./clients.ts";
import type { Gathering } from "./gathering.ts";
import type { LendsSpec } from "./lends.ts";
import type { Local } from "./local-place.ts";
import type { PoolMade, SecondAsk, Start } from "./pools.ts";
import type { FunctionInfo, Place } from "./project.ts";
import type { DefaultScope, NestedRead, RowReading } from "./row-reading.ts";
import type { SortedSearch } from "./sorted-search.ts";

/** A loop around a place. */
export interface LocalLoop {
  readonly place: Place;
  readonly form: "each" | "keys" | "count" | "while" | "do" | "callback" | "comprehension";
  /** What it goes over, in the words of the code. */
  readonly words: string;
  /** At most so many rounds. */
  readonly max: number | undefined;
  /** The code alone decides how many rounds there are. */
  readonly fixed: boolean;
  /** How often it runs is decided by what was read or sent. */
  readonly data: boolean;
  /** It runs for each row of a table, or for something that was made of each. */
  readonly table: boolean;
  /** A round waits for something: what it computes besides is small. */
  readonly waits: boolean;
}

/** A list as it is used at a place. */
export interface LocalList {
  readonly words: string;
  /** It is proven to be a list, and not a text, set or map. */
  readonly proven: boolean;
  readonly max: number | undefined;
  readonly fixed: boolean;
  /** How long it is is decided by what was read or sent. */
  readonly data: boolean;
  /** It is as long as a table: rows, or what was made of each. */
  readonly table: boolean;
  /** The loop itself adds to it. */
  readonly grows: boolean;
}

/** All elements of a list that no round changes are gone through in a loop, to find one. */
export interface Lookup extends Local {
  /** "includes", "find", "in", "for". */
  readonly method: string;
  readonly list: LocalList;
  readonly loop: LocalLoop;
  /** Elements are compared by a member of theirs, as a join of two lists does. */
  readonly keyed: boolean;
}

/** What was gathered so far is copied whole in each round of a loop. */
export interface Copying extends Local {
  readonly form: "spread" | "concat" | "assign" | "plus" | "sum";
  readonly what: "list" | "object" | "text";
  readonly name: string;
  readonly loop: LocalLoop | undefined;
  /** What is put together is kept in a field or a variable of another function: the runtime cannot add to it in place. */
  readonly kept: boolean;
}

/** An element is taken from, or put at, the front of a list that a loop works off. */
export interface FrontMove extends Local {
  readonly method: string;
  readonly list: LocalList;
  readonly loop: LocalLoop;
}

/** A list is sorted in each round. */
export interface Sorting extends Local {
  readonly list: LocalList;
  readonly loop: LocalLoop;
  readonly method: string;
}

/** A list, map or dictionary of the module that functions add to. */
export interface Growth extends Local {
  readonly name: string;
  readonly what: "list" | "map" | "set";
  /** Something in the file takes entries out, limits their number, or starts anew. */
  readonly bounded: boolean;
  /** Other files get at it. */
  readonly shared: boolean;
  /** The key, or what is added, is another one each time. */
  readonly varies: boolean;
  /** An entry is asked for before it is added: it is a cache. */
  readonly cache: boolean;
}

/** A method whose answers are kept for ever, and with them its instances. */
export interface KeptMethod extends Local {
  readonly name: string;
  readonly decorator: string;
  /** The most answers that are kept. */
  readonly max: number | undefined;
}

/** A file that is read whole although its lines are only gone through, or its text is only sent on. The place is that of the call that opens it. */
export interface WholeFile extends Local {
  readonly form: "lines" | "sent";
}

/** A loop that tries something again as soon as it failed. */
export interface Retry extends Local {
  /** Nothing but success ends it. */
  readonly endless: boolean;
  /** Where the last statement ends by which what succeeded leaves it. */
  readonly leaves: number;
}

/** Something that was opened and has to be closed, as one function says it. */
export interface Opened extends Local {
  /** The variable that holds it. */
  readonly name: string;
  readonly call: string;
  /** Library and type of what it gives, when that is known: "pg.Client". */
  readonly of: string | undefined;
  /** Closed on every way, only where nothing fails, or nowhere. */
  readonly closed: "always" | "unless-failing" | "never";
  /** A class is made an instance of (`new Client()`), as opposed to a function that opens something. */
  readonly made: boolean;
  /** Other files import a function of that name. */
  readonly shared: boolean;
}

/** Something that a function took out of a pool into a variable, and does not give back on every way out. */
export interface Lent extends Local {
  readonly name: string;
  readonly call: string;
  readonly spec: LendsSpec;
  /** It never comes back, not where the function leaves early, or not where something fails. */
  readonly back: "never" | "unless-leaving" | "unless-failing";
  /** The statement by which the function is left with it. */
  readonly exit?: Place;
}

/** How the time that an expression takes grows with a text that does not match. */
export interface Ambiguity {
  /** "exponential", or the power of the length. */
  readonly growth: "exponential" | number;
  /** A text that shows it, as an expression of JavaScript: `"a".repeat(31) + "!"`. */
  readonly attack: string;
}

/** A regular expression that goes over a text. */
export interface Matching extends Local {
  readonly pattern: string;
  /** Those of JavaScript, of the same meaning: "ims". */
  readonly flags: string;
  /** The text, in the words of the code. */
  readonly words: string;
  /** The text is, or is a part of, what was sent or read. */
  readonly sent: boolean;
  /** It is a part of the address or the headers of a request: some thousand characters at most. */
  readonly head: boolean;
  /** The function looks at how long the text is. */
  readonly capped: boolean;
  /** Absent: it is not ambiguous, nobody asked, or it cannot be told. */
  readonly ambiguity?: Ambiguity;
}

/** An asynchronous function that is given to a method which does not wait for it. */
export interface Unwaited extends Local {
  /** "forEach", "filter" … */
  readonly method: string;
  /** The list, in the words of the code. */
  readonly words: string;
  /** It is known to be a list, set or map of the language. */
  readonly proven: boolean;
  /** The function waits for something. */
  readonly awaits: boolean;
}

/** A thread that is kept from doing anything else until some time has passed. */
export interface BusyWait extends Local {
  /** loop: it asks the clock over and over; wait: it sleeps without letting go of the thread. */
  readonly form: "loop" | "wait";
  readonly words: string;
}

/** A queue of jobs as its options say it. */
export interface QueueMade extends Local {
  /** "bullmq", "bull" */
  readonly library: string;
  /** The options that its jobs have by default are written there, or there are none. */
  readonly seen: boolean;
  readonly removes: boolean;
}

/** A list is put in order by loops of the code itself, which compare and move its elements. */
export interface HandSort extends Local {
  readonly list: LocalList;
  readonly loop: LocalLoop;
}

/** A call that waits for another one only because it stands in its callback. */
export interface NestedCall {
  readonly outer: Place;
  readonly inner: Place;
  readonly function: FunctionInfo;
}

/** Databases as a module's settings say them. */
export interface DatabaseSettings extends Local {
  /** The driver or engine, in the words of the code. */
  readonly engine: string;
  /** Something says that connections outlive a request; "unknown" when parts of it cannot be seen. */
  readonly keeps: "yes" | "no" | "unknown";
}

/** Every file's, in order. */
export interface Locals extends ClientLocals {
  readonly lookups: readonly Lookup[];
  readonly sortedSearches: readonly SortedSearch[];
  readonly aggregates: readonly Aggregation[];
  readonly copies: readonly Copying[];
  readonly fronts: readonly FrontMove[];
  readonly sortings: readonly Sorting[];
  readonly acquisitions: readonly Acquisition[];
  readonly guards: readonly Guard[];
  readonly objectUrls: readonly ObjectUrl[];
  readonly races: readonly Race[];
  readonly misremovals: readonly Misremoval[];
  readonly growths: readonly Growth[];
  readonly keptMethods: readonly KeptMethod[];
  readonly opened: readonly Opened[];
  readonly retries: readonly Retry[];
  readonly lent: readonly Lent[];
  readonly gatherings: readonly Gathering[];
  readonly wholeFiles: readonly WholeFile[];
  /** Calls that put a value under a key and say nothing else. */
  readonly lasting: readonly Local[];
  readonly matchings: readonly Matching[];
  readonly handSorts: readonly HandSort[];
  readonly nestedCalls: readonly NestedCall[];
  readonly unwaited: readonly Unwaited[];
  readonly busyWaits: readonly BusyWait[];
  readonly queues: readonly QueueMade[];
  /** Places of object literals that say what becomes of finished jobs (`removeOnComplete`). */
  readonly removals: readonly Place[];
  /** Names of models with functions that run for each row that is written; "" when it is not seen of which model. */
  readonly hooked: readonly string[];
  /** Calls that make, or give back, rows of other tables with a row (`data: { …, lines: { create: […] } }`, `include`). */
  readonly nestedWrites: readonly Place[];
  readonly nestedReads: readonly NestedRead[];
  readonly defaultScopes: readonly DefaultScope[];
  readonly rows: readonly RowReading[];
  readonly databases: readonly DatabaseSettings[];
  readonly pools: readonly PoolMade[];
  readonly secondAsks: readonly SecondAsk[];
  readonly starts: readonly Start[];
}
