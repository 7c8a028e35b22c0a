/** What is asked to call back, or kept open, and is not let go of. */
import type { Local } from "./local-place.ts";

/** Something is asked to call back, or kept open, until somebody lets go of it. */
export interface Acquisition extends Local {
  readonly kind: "listener" | "interval" | "subscription" | "socket" | "observer" | "instance";
  /** "`resize` of `window`" */
  readonly words: string;
  /** What holds it: the runtime itself, something of the module, something that was handed in, or something that the function made. */
  readonly holder: "runtime" | "module" | "given" | "made";
  /** In what it is asked: an effect of a component, its rendering, a constructor or a method that sets an instance up, or any function. */
  readonly scope: "effect" | "render" | "instance" | "function" | "module";
  /** How it is let go of in the file: not at all; with another function, or for another phase, which does nothing; or no call can tell. */
  readonly released: "no" | "mismatch" | "phase" | "yes";
  /** The function around has a clean-up that lets go of others. */
  readonly tidies: boolean;
  /** The class has a method that ends its instances. */
  readonly ends: boolean;
  /** The holder is an abort signal. */
  readonly signal: boolean;
  /** The holder belongs to a function further out, which gives the function that adds the listener away: each of its calls adds one to the same holder. */
  readonly shared: boolean;
  /** It is held by the connection under a request (`request.socket`), which the next ones come over too. */
  readonly wire: boolean;
  /** What calls back sees variables of the function, and the holder is what its caller gave, or a connection that requests share. */
  readonly local: boolean;
  /** What calls back sees what the function was given: it is there for one call. */
  readonly perCall: boolean;
  /**
   * Why the same holder gets one after the other: in a loop; for a promise that each call makes; because the effect runs again while the holder
   * stays; or it is one of several that an instance leaves behind when it takes the others off.
   */
  readonly again?: "loop" | "promise" | "runs" | "partly";
  /** The call that would end it, where only one does. */
  readonly end?: string;
}

/** A time-out that ends some work when it takes too long, and whose handle nobody keeps, or that is cleared only where nothing fails. */
export interface Guard extends Local {
  /** What it calls: "abort", "controller.abort"; "" where that is of no matter. */
  readonly words: string;
  /** After so many milliseconds, where the code says it. */
  readonly after: number | undefined;
  /** The handle is kept, and cleared where nothing fails. */
  readonly kept: boolean;
}

/** Each round of an open loop races against one promise that outlives it. */
export interface Race extends Local {
  /** The promise, in the words of the code. */
  readonly words: string;
}

/** An object URL that a function makes and nothing in the file takes back. */
export interface ObjectUrl extends Local {
  /** What it is made of, in the words of the code. */
  readonly words: string;
}

/** A listener is taken off under a name under which it was never put on. */
export interface Misremoval extends Local {
  readonly event: string;
  readonly added: readonly string[];
}
