/**
 * Sampled allocations by function of the program, what was collected again among them: bytes of the function itself and of the libraries that it calls,
 * up to the next function of the program. V8 takes a sample for every 32 KiB on average and scales it up; the agent's own are left out.
 */
import { readFileSync } from "node:fs";
import type { AllocationEvidence, CodePlace } from "../model/evidence.ts";
import { rounded } from "../model/spread.ts";
import { placeOf, type CallFrame } from "./cpu-profile.ts";
import { placeKey } from "./executions.ts";
import { placesOf, plainPath, type Places } from "./places.ts";
import type { Thread } from "./records.ts";

interface HeapNode {
  readonly callFrame: CallFrame;
  readonly selfSize: number;
  readonly children: readonly HeapNode[];
}

/** Part of all bytes from which a function is worth a line. */
const leastShare = 0.01;

export function allocationsOf(
  threads: readonly Thread[],
  root: string,
): { readonly evidence: AllocationEvidence[]; readonly failures: string[] } {
  const bytes = new Map<string, { readonly place: CodePlace; bytes: number }>();
  const failures: string[] = [];
  let all = 0;
  for (const thread of threads) {
    if (thread.heap === undefined) continue;
    const head = readHead(thread.heap);
    if (head === undefined) {
      failures.push(`the allocations of process ${thread.process.pid} are cut off and were left out`);
      continue;
    }
    all += addTree(head, placesOf(thread, root), thread.process.agent, bytes);
  }
  const evidence = [...bytes.values()]
    .map((one) => ({ kind: "allocation" as const, place: one.place, bytes: Math.round(one.bytes), share: rounded(one.bytes / all) }))
    .filter(({ share }) => share >= leastShare)
    .sort((a, b) => b.bytes - a.bytes);
  return { evidence, failures };
}

function readHead(file: string): HeapNode | undefined {
  try {
    const { head } = JSON.parse(readFileSync(file, "utf8")) as { head?: HeapNode };
    return head !== undefined && Array.isArray(head.children) ? head : undefined;
  } catch {
    return undefined;
  }
}

/** Gives the bytes of the tree; stacks are as deep as the program's, so that it is walked with a list. */
function addTree(head: HeapNode, places: Places, agent: string, into: Map<string, { readonly place: CodePlace; bytes: number }>): number {
  let all = 0;
  const open: { readonly node: HeapNode; readonly by: CodePlace | undefined }[] = [{ node: head, by: undefined }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node } = next;
    const by = placeOf(node.callFrame, places, agent) ?? next.by;
    if (!plainPath(node.callFrame.url).startsWith(agent)) {
      all += node.selfSize;
      if (by !== undefined) {
        const key = placeKey(by);
        const entry = into.get(key) ?? { place: by, bytes: 0 };
        entry.bytes += node.selfSize;
        into.set(key, entry);
      }
    }
    for (const child of node.children) open.push({ node: child, by });
  }
  return all;
}
