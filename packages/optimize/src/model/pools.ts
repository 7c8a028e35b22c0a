/** Pools of connections: the vocabulary in which a data layer says how many connections the pool has that a call makes: data, as in `library.ts`; and what is seen of them. */
import type { FunctionInfo, Place } from "./project.ts";

export interface PoolSpec {
  /** Names of the maximum, the strongest first: of an option ("pool.max": of an option's option) or a named argument. */
  readonly max: readonly string[];
  /** The argument that may hold it instead, when it is a number. */
  readonly at?: number;
  /** What is lent besides when all of it is in use. */
  readonly more?: { readonly name: string; readonly otherwise: number };
  /** What stands here is the maximum when none is said. */
  readonly orMin?: string;
  /** A named argument that makes another kind of pool. */
  readonly unless?: string;
  /** The parameter of an address that says it where no option does. */
  readonly url?: string;
  /** Who asks a pool whose connections are all in use waits for ever, unless this option says how long; "": there is no such option. */
  readonly patience?: string;
}

/** A function that holds a connection waits here for another one of the same pool. */
export interface SecondAsk {
  readonly place: Place;
  readonly function: FunctionInfo;
  /** "pool.query" */
  readonly call: string;
  /** What took the first one, and the name that it has. */
  readonly holds: { readonly place: Place; readonly call: string; readonly name: string };
}

/** A pool of connections that a call makes. */
export interface PoolMade {
  readonly place: Place;
  readonly function: FunctionInfo;
  /** "new Pool" */
  readonly call: string;
  readonly library: string;
  /** As many connections as the code lets it have at most, and the words by which it does; absent when it does not say it. */
  readonly most: { readonly is: number; readonly words: string } | undefined;
  /** Nothing says how long to wait for a connection, and then it is for ever: the option that would say it, "" where there is none. */
  readonly patient?: string;
}

/** A place that says how the process is started: it waits for requests itself, or a platform starts it for each of them. */
export interface Start {
  readonly place: Place;
  readonly function: FunctionInfo;
  readonly by: "itself" | "platform";
}
