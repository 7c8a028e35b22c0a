/** What the text of functions says of clients for HTTP, and of the connections that they keep for later requests. */
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

/** A request that a module itself sends (`requests.get(…)`): by a client of its own, which is dropped afterwards. */
export interface LoneRequest {
  readonly place: Place;
  readonly function: FunctionInfo;
}
