/** Questions about missing indexes and statements said otherwise, answered by a planner that is started for them; what was answered before is kept. */
import { createHash } from "node:crypto";
import { indexDdl, schemaDdl } from "../../model/schema-ddl.ts";
import { isRewrite, type IndexAnswer, type IndexQuestion, type PlanQuestion } from "../../model/index-question.ts";
import type { DatabaseStatistics } from "../../model/database-statistics.ts";
import { OptimizeError } from "../../model/errors.ts";
import { tableNamed, type Schema } from "../../model/schema.ts";
import { openOracle } from "./postgres.ts";
import { readOwn, writeOwn } from "./own-file.ts";
import { comparisons } from "./comparison.ts";
import { preferences } from "./preference.ts";
import { sqlitePreferences } from "./sqlite.ts";

export interface AnswerOptions {
  /** Folder for the start of the planner and for answers; without one nothing is kept. */
  readonly cache?: string;
  /** Another build of this program may ask otherwise. */
  readonly build?: string;
  /** Of the server; absent: advice has to hold at every size. */
  readonly statistics?: DatabaseStatistics;
}

const file = "index-plans.json";
/** A project has so many tables with so many filters; what lies beyond is not asked. */
const mostQuestions = 400;

type Kept = Record<string, Record<string, IndexAnswer>>;

/** In the order of the questions, which are of one schema; undefined where there are too many. Throws an OptimizeError("planner") without a planner. */
export async function answersOf(
  schema: Schema,
  questions: readonly PlanQuestion[],
  options: AnswerOptions = {},
): Promise<readonly (IndexAnswer | undefined)[]> {
  const of = digest([
    options.build,
    schema.dialect,
    schemaDdl(schema, "postgresql", { foreignKeys: true }),
    schema.tables.map(assumedOf),
    schema.extensions,
    options.statistics,
  ]);
  const kept = await readKept(options.cache);
  const known = new Map(Object.entries(kept[of] ?? {}));
  const keys = questions.map((one) =>
    digest(isRewrite(one) ? [one.statement, one.instead] : [indexDdl(one.table, one.index, "postgresql"), one.statements]),
  );
  const asked = questions.slice(0, mostQuestions).filter((_, place) => !known.has(keys[place] ?? ""));
  if (asked.length > 0) {
    for (const [question, answer] of await newAnswers(schema, asked, options)) known.set(keys[questions.indexOf(question)] ?? "", answer);
    if (options.cache !== undefined) {
      const { [of]: _older, ...others } = kept;
      const now = [...Object.entries(others), [of, Object.fromEntries(known)]].slice(-keptSchemas);
      await writeOwn(options.cache, file, JSON.stringify(Object.fromEntries(now)));
    }
  }
  return keys.map((key) => known.get(key));
}

async function newAnswers(
  schema: Schema,
  asked: readonly PlanQuestion[],
  options: AnswerOptions,
): Promise<ReadonlyMap<PlanQuestion, IndexAnswer>> {
  const answers = new Map<PlanQuestion, IndexAnswer>();
  const indexes = asked.filter((one): one is IndexQuestion => !isRewrite(one));
  const own = schema.dialect === "sqlite" && indexes.length > 0 ? bySqlite(schema, indexes) : undefined;
  for (const [place, answer] of own?.entries() ?? []) answers.set(indexes[place] as IndexQuestion, answer);
  // SQLite tells no costs by which two statements could be compared.
  const rest = asked.filter((one) => !answers.has(one));
  const found = rest.length === 0 ? [] : await byPostgres(schema, rest, options);
  for (const [place, answer] of found.entries()) answers.set(rest[place] as PlanQuestion, answer);
  return answers;
}

/** Undefined where SQLite is not installed with this program: then another planner answers, and the finding says so. */
function bySqlite(schema: Schema, asked: readonly IndexQuestion[]): readonly IndexAnswer[] | undefined {
  try {
    return sqlitePreferences(schema, asked);
  } catch (error) {
    if (error instanceof OptimizeError) return undefined;
    throw error;
  }
}

/** In the order of what is asked. */
async function byPostgres(
  schema: Schema,
  asked: readonly PlanQuestion[],
  { cache, statistics }: AnswerOptions,
): Promise<readonly IndexAnswer[]> {
  const oracle = await openOracle({
    schema: concerned(schema, asked),
    brief: true,
    ...(cache === undefined ? {} : { cache }),
    ...(statistics === undefined ? {} : { statistics }),
  });
  try {
    const rewrites = asked.filter(isRewrite);
    // Before any index is made that nobody has.
    const compared = rewrites.length === 0 ? [] : await comparisons(oracle, rewrites, statistics === undefined ? undefined : schema);
    const indexes = asked.filter((one): one is IndexQuestion => !isRewrite(one));
    const preferred =
      indexes.length === 0
        ? []
        : await preferences(
            oracle,
            indexes.map(({ table, index, statements }) => ({
              table: table.name,
              index,
              statements,
              ...(statistics === undefined || table.rows === undefined ? {} : { rows: table.rows }),
            })),
          );
    return asked.flatMap((one) => (isRewrite(one) ? compared[rewrites.indexOf(one)] : preferred[indexes.indexOf(one)]) ?? []);
  } finally {
    await oracle.close();
  }
}

/**
 * A plan depends on the tables of its statement, and what is assumed of them on the tables that they refer to: others need neither be made nor given
 * sizes. A name that only looks like that of a table costs one table more.
 */
function concerned(schema: Schema, asked: readonly PlanQuestion[]): Schema {
  const own = new Set(asked.flatMap((one) => (isRewrite(one) ? [] : [one.table.name])));
  const texts = [...new Set(asked.flatMap((one) => (isRewrite(one) ? [one.statement] : one.statements)))].join("\n").toLowerCase();
  const named = schema.tables.filter(({ name }) => own.has(name) || texts.includes(name.toLowerCase()));
  const wanted = new Set([...named, ...named.flatMap((table) => table.foreignKeys.map((key) => tableNamed(schema, key.table)))]);
  return { ...schema, tables: schema.tables.filter((table) => wanted.has(table)) };
}

/** Of so many states of the schema; older ones are forgotten. */
const keptSchemas = 8;

/** What the planner is told of columns beside their definition (assumptions.ts). */
function assumedOf(table: Schema["tables"][number]): unknown {
  return [table.name, table.uniques, table.columns.map(({ name, values }) => [name, values?.length])];
}

async function readKept(cache: string | undefined): Promise<Kept> {
  const bytes = cache === undefined ? undefined : await readOwn(cache, file);
  if (bytes === undefined) return {};
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8")) as Kept;
  } catch {
    return {};
  }
}

function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
}
