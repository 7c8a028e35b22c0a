/** What is said of listeners that nothing takes off. */
import type { Acquisition } from "../../model/acquisition.ts";

/** What a listener that stays does, in the words of its case. */
export function messageOf({ words, released, scope, signal, again, wire }: Acquisition): string {
  if (released === "mismatch")
    return `The listener for ${words} is taken off with a function that was written anew, which is never the one that was added.`;
  if (released === "phase")
    return `The listener for ${words} is added for one phase (\`capture\`) and taken off for the other: it stays, and keeps what it can see in memory.`;
  if (again === "loop")
    return `Each round adds a listener for ${words}, which is the same one each time, and nothing takes it off: they grow in number, and each keeps what it can see in memory.`;
  if (signal)
    return `Each call adds a listener for ${words} and leaves it there when the work is done: as long as the signal lives, it keeps everything that the listener can see.`;
  if (wire)
    return `Each request adds a listener for ${words}, and nothing takes it off: the connection is kept for further requests, and with it everything that the listeners of the former ones can see.`;
  if (again === "promise")
    return `Each call adds a listener for ${words} that settles its own promise, and leaves it there afterwards: they grow in number, all of them are called, and each keeps what it can see in memory.`;
  if (again === "partly")
    return `The end of an instance takes other listeners off and leaves the one for ${words}: as long as that lives, it keeps the instance in memory.`;
  const when = scope === "instance" ? "Each instance" : "Each call";
  return `${when} adds a listener for ${words}, and nothing takes it off: they grow in number, all of them are called, and each keeps what it can see in memory.`;
}

/** How to take it off. */
export function adviceOf({ signal, scope, released, again, wire }: Acquisition): string {
  if (released === "mismatch") return "Give the function a name, and add and remove that one.";
  if (released === "phase") return "Give both calls the same options.";
  if (again === "loop" && !signal) return "Add it once before the loop, or take it off at the end of the round.";
  if (wire) return "Listen to the response (`close`, `finish`), which goes with the request, or take it off there.";
  if (again === "promise") return "Take it off when the promise is settled, or add it with `once` where one event settles it.";
  if (signal) return "Remove it when the work is done, or add it with `{ once: true, signal }` of a controller that is aborted then.";
  if (scope === "instance") return "Keep the function in a field and take it off where the instance ends.";
  return "Add it once when the module is loaded, or take it off (`off`, `removeEventListener`) when the request or connection ends.";
}
