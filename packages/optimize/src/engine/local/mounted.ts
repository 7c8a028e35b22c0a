/** What components of classes make for as long as they are mounted, and have to end themselves. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { ClassFacts } from "../../model/facts.ts";
import { calledName, importedName } from "./handles.ts";
import { placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";

export interface Made {
  /** Packages that export it; none: the browser has it. */
  readonly packages: readonly string[];
  readonly name: string;
  /** The method that ends it. */
  readonly end: string;
}

/** Each holds listeners, threads, connections or nodes outside of itself until it is ended. */
const made: readonly Made[] = [
  { packages: ["prosemirror-view", "@codemirror/view", "@tiptap/pm/view"], name: "EditorView", end: "destroy" },
  { packages: ["@tiptap/core"], name: "Editor", end: "destroy" },
  { packages: ["chart.js", "chart.js/auto"], name: "Chart", end: "destroy" },
  { packages: ["mapbox-gl", "maplibre-gl"], name: "Map", end: "remove" },
  { packages: ["@xterm/xterm", "xterm"], name: "Terminal", end: "dispose" },
  { packages: ["hls.js"], name: "Hls", end: "destroy" },
  { packages: ["swiper", "swiper/bundle"], name: "Swiper", end: "destroy" },
  { packages: ["pusher-js"], name: "Pusher", end: "disconnect" },
  { packages: [], name: "WebSocket", end: "close" },
  { packages: [], name: "EventSource", end: "close" },
  { packages: [], name: "Worker", end: "terminate" },
  { packages: [], name: "SharedWorker", end: "close" },
  { packages: [], name: "AudioContext", end: "close" },
  { packages: [], name: "BroadcastChannel", end: "close" },
];

/** What a call makes that has to be ended: `new Chart(…)`. */
export function madeOf(r: Reading, e: CallExpression): Made | undefined {
  return e.new ? made.find((one) => isOf(r, e, one)) : undefined;
}

export function readMounted(r: Reading): void {
  if (r.python) return;
  for (const owner of r.t.facts.classes) {
    const unmount = owner.members.find((one) => one.name === "componentWillUnmount")?.function;
    if (unmount === undefined && !owner.members.some((one) => one.name === "componentDidMount")) continue;
    for (const [key, uses] of r.t.fields) {
      const [id, field = ""] = key.split(":");
      if (id !== String(owner.id)) continue;
      const write = uses.writes.find(({ value }) => value !== undefined && madeBy(r, owner, value) !== undefined);
      const what = write?.value === undefined ? undefined : madeBy(r, owner, write.value);
      if (write?.value === undefined || what === undefined) continue;
      // Ended, or passed to somebody who may do that.
      if (
        uses.reads.some(({ parent, e }) =>
          parent?.kind === "member" && parent.object === e ? parent.name === what.end : parent?.kind === "call",
        )
      )
        continue;
      const at = unmount === undefined ? write.value : r.t.facts.functions[unmount];
      if (at === undefined) continue;
      r.found.acquisitions.push({
        ...placeIn(r, at, unmount === undefined ? write.spot : { fn: unmount, loops: [], statement: undefined }),
        kind: "instance",
        words: `\`this.${field}\` (${what.name})`,
        holder: "runtime",
        scope: "effect",
        released: "no",
        tidies: unmount !== undefined,
        ends: true,
        signal: false,
        shared: false,
        perCall: false,
        local: false,
        wire: false,
        end: `this.${field}.${what.end}()`,
      });
    }
  }
}

/** `new EditorView(…)`, also as the only thing that a method of the class gives back. */
function madeBy(r: Reading, owner: ClassFacts, e: Expression, depth = 0): Made | undefined {
  if (depth > 3) return undefined;
  if (e.kind === "cast" || e.kind === "await") return madeBy(r, owner, e.value, depth + 1);
  if (e.kind === "name" && e.binding >= 0) {
    const writes = r.t.bindings.get(e.binding)?.writes ?? [];
    return writes.length === 1 && writes[0]?.value !== undefined ? madeBy(r, owner, writes[0].value, depth + 1) : undefined;
  }
  if (e.kind !== "call") return undefined;
  if (e.new) return made.find((one) => isOf(r, e, one));
  const method = e.callee.kind === "member" && e.callee.object.kind === "this" ? e.callee.name : "";
  const fn = owner.members.find((one) => one.name === method && method !== "")?.function;
  const given = r.t.statements.flatMap(({ s, spot }) => (spot.fn === fn && s.kind === "return" && s.value !== undefined ? [s.value] : []));
  return given.length === 1 && given[0] !== undefined ? madeBy(r, owner, given[0], depth + 1) : undefined;
}

function isOf(r: Reading, { callee }: CallExpression, { packages, name }: Made): boolean {
  if (packages.length === 0) return callee.kind === "name" && callee.binding < 0 && callee.name === name;
  const imported = importedName(r, callee, new Set(packages));
  return imported === name || (imported === "default" && calledName({ callee } as CallExpression) === name);
}
