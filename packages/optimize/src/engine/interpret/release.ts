/** What is let go when a function has been interpreted. */
import type { Activation } from "./activation.ts";
import type { Environment } from "./environment.ts";
import type { SummaryEffect } from "./summary.ts";
import { unknown } from "./value.ts";

/** After its run an activation is only a name: the owner of environments that closures keep, and a reader. What it worked with can go. */
export function release(act: Activation, env: Environment): void {
  act.env = env;
  act.effects = nothing;
  act.captures = [];
  act.returns = [];
  act.reads = [];
  act.frames = [];
  act.io = undefined;
  act.written = undefined;
  act.fresh = [];
  act.self = unknown;
}

const nothing: Map<number, SummaryEffect> = new Map();
