/**
 * Whether advised indexes do on a server with rows what they were planned to do. Each is built; its statements run with it and without it in turns,
 * EXPLAIN (ANALYZE, BUFFERS): blocks first, which no noise moves, time second. To run without an index it is dropped in a transaction that is rolled back.
 */
import { planOfJson } from "../databases/plans/json.ts";
import { blocksOf, indexesOf } from "../model/plan.ts";
import { indexDdl, quoted } from "../model/schema-ddl.ts";
import type { Table, Index } from "../model/schema.ts";
import { median } from "../model/quantile.ts";

/** Runs one statement and gives its rows. Throws the server's error. */
export type RunSql = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

export interface VerifyInput {
  readonly run: RunSql;
  readonly indexes: readonly {
    readonly name: string;
    readonly table: Table;
    readonly index: Index;
    readonly statements: readonly number[];
  }[];
  readonly statements: readonly string[];
  readonly rounds?: number;
  readonly onProgress?: (text: string) => void;
}

export interface IndexProof {
  readonly name: string;
  /** The statement that gained most, by place; undefined when none could be run. */
  readonly statement: number | undefined;
  /** Medians without and with the index. */
  readonly blocks: { readonly without: number; readonly with: number };
  readonly milliseconds: { readonly without: number; readonly with: number };
  readonly outcome: "kept" | "withdrawn" | "not run";
  readonly why: string;
}

export interface StatementProof {
  readonly statement: number;
  /** Of the time with all kept indexes through that without any; undefined when it could not be run. */
  readonly ratio: number | undefined;
  readonly why?: string;
}

export interface Proof {
  readonly indexes: readonly IndexProof[];
  readonly statements: readonly StatementProof[];
}

const usualRounds = 5;
/** Less is withdrawn. */
const leastGain = 0.2;
/** A statement that takes longer than this is what its index costs others. */
const mostLoss = 1.1;
/** Differences of less than this many milliseconds are the clock's. */
const clock = 0.2;

interface Sample {
  readonly blocks: number;
  readonly ms: number;
  readonly used: ReadonlySet<string>;
}

export async function verifyIndexes(input: VerifyInput): Promise<Proof> {
  const proofs = new Map<string, IndexProof>();
  const built: VerifyInput["indexes"][number][] = [];
  const none = { without: 0, with: 0 };
  const settle = (name: string, outcome: IndexProof["outcome"], why: string): void =>
    void proofs.set(name, { name, statement: undefined, blocks: none, milliseconds: none, outcome, why });
  try {
    for (const one of input.indexes) {
      input.onProgress?.(`building ${one.name}`);
      try {
        await input.run(indexDdl(one.table, { ...one.index, name: one.name }, "postgresql"));
        built.push(one);
      } catch (error) {
        settle(one.name, "withdrawn", `it could not be built: ${messageOf(error)}`);
      }
    }
    for (const table of new Set(built.map((one) => tableRef(one.table)))) await input.run(`ANALYZE ${table}`);
    for (const one of built) {
      input.onProgress?.(`running with and without ${one.name}`);
      proofs.set(one.name, await proveIndex(one, input));
    }
    const kept = (): VerifyInput["indexes"] => built.filter((one) => proofs.get(one.name)?.outcome !== "withdrawn");
    const gone = built.filter((one) => !kept().includes(one));
    const statements: StatementProof[] = [];
    for (const statement of input.statements.keys()) {
      input.onProgress?.(`running statement ${statement + 1} of ${input.statements.length}`);
      statements.push(await proveStatement(statement, kept(), gone, proofs, input));
    }
    return { indexes: input.indexes.flatMap((one) => proofs.get(one.name) ?? []), statements };
  } finally {
    for (const one of built) await input.run(`DROP INDEX IF EXISTS ${indexRef(one)}`).catch(() => {});
  }
}

async function proveIndex(one: VerifyInput["indexes"][number], input: VerifyInput): Promise<IndexProof> {
  let best: IndexProof | undefined;
  let reason = "none of its statements could be run";
  for (const statement of one.statements) {
    try {
      const [without, withIt] = await inTurns(input, statement, [[one], []]);
      const proof = judge(one.name, statement, without ?? [], withIt ?? []);
      if (best === undefined || gainOf(proof) > gainOf(best)) best = proof;
      if (best.outcome === "kept") return best;
    } catch (error) {
      reason = messageOf(error);
    }
  }
  return (
    best ?? {
      name: one.name,
      statement: undefined,
      blocks: { without: 0, with: 0 },
      milliseconds: { without: 0, with: 0 },
      outcome: "not run",
      why: reason,
    }
  );
}

function judge(name: string, statement: number, without: readonly Sample[], withIt: readonly Sample[]): IndexProof {
  const blocks = { without: median(without.map((one) => one.blocks)), with: median(withIt.map((one) => one.blocks)) };
  const milliseconds = { without: median(without.map((one) => one.ms)), with: median(withIt.map((one) => one.ms)) };
  const proof = { name, statement, blocks, milliseconds };
  const gain = gainOf(proof);
  const numbers = `${Math.round(blocks.without)} -> ${Math.round(blocks.with)} blocks, ${milliseconds.without.toFixed(1)} -> ${milliseconds.with.toFixed(1)} ms`;
  if (gain >= leastGain) return { ...proof, outcome: "kept", why: `measured: ${numbers}` };
  return { ...proof, outcome: "withdrawn", why: `measured, it gains ${Math.round(100 * Math.max(0, gain))} %: ${numbers}` };
}

/** Blocks first; where they are alike, time. A gain of blocks that costs time is none. */
function gainOf({ blocks, milliseconds }: Pick<IndexProof, "blocks" | "milliseconds">): number {
  const byBlocks = blocks.without > 0 ? 1 - blocks.with / blocks.without : 0;
  const byTime = milliseconds.without > 0 ? 1 - milliseconds.with / milliseconds.without : 0;
  const slower = milliseconds.with > milliseconds.without * mostLoss && milliseconds.with - milliseconds.without > clock;
  return slower ? Math.min(byBlocks, byTime) : Math.max(byBlocks, byTime);
}

/** With all that is kept beside none; what makes it slower is withdrawn until it is not. */
async function proveStatement(
  statement: number,
  kept: VerifyInput["indexes"],
  gone: VerifyInput["indexes"],
  proofs: Map<string, IndexProof>,
  input: VerifyInput,
): Promise<StatementProof> {
  try {
    let present = [...kept];
    for (;;) {
      const without = [...kept, ...gone];
      const [before, after] = await inTurns(input, statement, [without, without.filter((one) => !present.includes(one))]);
      const ratio = ratioOf(before ?? [], after ?? []);
      const used = new Set((after ?? []).flatMap((sample) => [...sample.used]));
      const guilty = present
        .filter((one) => used.has(one.name))
        .toSorted((a, b) => (proofs.get(a.name)?.milliseconds.without ?? 0) - (proofs.get(b.name)?.milliseconds.without ?? 0))[0];
      // A plan that reads none of them is the plan of before.
      if (guilty === undefined) return { statement, ratio: 1 };
      if (ratio <= mostLoss) return { statement, ratio };
      present = present.filter((one) => one !== guilty);
      const proof = proofs.get(guilty.name);
      if (proof !== undefined)
        proofs.set(guilty.name, {
          ...proof,
          outcome: "withdrawn",
          why: `measured, another statement takes ${ratio.toFixed(2)} times as long with it`,
        });
    }
  } catch (error) {
    return { statement, ratio: undefined, why: messageOf(error) };
  }
}

function ratioOf(before: readonly Sample[], after: readonly Sample[]): number {
  const [without, withAll] = [median(before.map((one) => one.ms)), median(after.map((one) => one.ms))];
  return Math.abs(withAll - without) < clock ? 1 : withAll / without;
}

/** The statement under each set of dropped indexes, in turns, one warm-up each. */
async function inTurns(
  input: VerifyInput,
  statement: number,
  dropped: readonly VerifyInput["indexes"][],
): Promise<readonly (readonly Sample[])[]> {
  const samples: Sample[][] = dropped.map(() => []);
  for (let round = 0; round <= (input.rounds ?? usualRounds); round++)
    for (const [place, indexes] of dropped.entries()) {
      const sample = await once(input, input.statements[statement] ?? "", indexes);
      if (round > 0) samples[place]?.push(sample);
    }
  return samples;
}

async function once({ run }: VerifyInput, sql: string, dropped: VerifyInput["indexes"]): Promise<Sample> {
  await run("BEGIN");
  try {
    for (const one of dropped) await run(`DROP INDEX ${indexRef(one)}`);
    const rows = await run(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`);
    const found = rows[0]?.["QUERY PLAN"];
    const plan = planOfJson(typeof found === "string" ? JSON.parse(found) : found);
    if (plan?.executionMs === undefined) throw new Error("the server gave no plan");
    return { blocks: blocksOf(plan) ?? 0, ms: plan.executionMs, used: new Set(indexesOf(plan)) };
  } finally {
    await run("ROLLBACK");
  }
}

function tableRef(table: Table): string {
  const name = quoted(table.name, "postgresql");
  return table.schema === undefined ? name : `${quoted(table.schema, "postgresql")}.${name}`;
}

function indexRef({ table, name }: VerifyInput["indexes"][number]): string {
  const index = quoted(name, "postgresql");
  return table.schema === undefined ? index : `${quoted(table.schema, "postgresql")}.${index}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
