/** What the text of functions says of clients for HTTP, and of the connections that they keep for later requests. */
import type { Fill } from "./fills.ts";
import type { FunctionInfo, Place } from "./project.ts";

/** A client or agent that is made, and whose connections no later request can use. */
export interface ClientMade {
  readonly place: Place;
  readonly function: FunctionInfo;
  /** "httpx.AsyncClient", "new https.Agent" */
  readonly call: string;
  readonly library: string;
  /**
   * once: a function makes it, sends one request through it and drops it; agent: a function makes an agent and drops it;
   * closing: it is made once, and closes each connection after its request.
   */
  readonly form: "once" | "agent" | "closing";
  /** What it is made of comes from the caller, so that one for all cannot be made. */
  readonly given: boolean;
  /** Where a request is given the agent. */
  readonly users: readonly FunctionInfo[];
}

/** A place, and the function that holds it. */
export interface Standing {
  readonly place: Place;
  readonly function: FunctionInfo;
}

/** What is known of clients for HTTP, of caches that are filled, and of how answers are sent. */
export interface ClientLocals {
  readonly clients: readonly ClientMade[];
  /** Requests that a module itself sends (`requests.get(…)`): each by a client of its own, which is dropped afterwards. */
  readonly loneRequests: readonly Standing[];
  readonly fills: readonly Fill[];
  /** Functions that keep something outside of themselves, each with the first place. */
  readonly keeping: readonly Standing[];
  /** What compresses answers. */
  readonly compressors: readonly Standing[];
}
