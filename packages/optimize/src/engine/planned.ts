/** Rules that ask what a planner would choose are run twice: once to hear their questions, and once with the answers. */
import { isRewrite, type IndexAnswer, type PlanQuestion } from "../model/index-question.ts";
import type { Project } from "../model/project.ts";
import type { Rule } from "../model/rule.ts";
import type { Schema } from "../model/schema.ts";

/** Answers in the order of the questions, which are of one schema; undefined where there are too many of them. */
export type Planner = (schema: Schema, questions: readonly PlanQuestion[]) => Promise<readonly (IndexAnswer | undefined)[]>;

export interface Planned {
  readonly project: Project;
  /** Why no planner could be asked. */
  readonly failures: readonly { readonly file: string; readonly code: string; readonly message: string }[];
}

/** The project with the answers. No planner is started where no rule asks anything. */
export async function withAnswers(given: Project, rules: readonly Rule[], planner: Planner): Promise<Planned> {
  const asked = new Map<string, PlanQuestion>();
  const answers = new Map<string, IndexAnswer | undefined>();
  const project: Project = {
    ...given,
    planned: (question) => {
      const key = keyOf(given.schemas, question);
      if (!answers.has(key)) asked.set(key, question);
      return answers.get(key);
    },
  };
  for (const rule of rules)
    if (rule.needs.includes("planner"))
      try {
        rule.check(project, () => {});
      } catch {
        // It is run again, and what goes wrong is told then.
      }
  const failures: { file: string; code: string; message: string }[] = [];
  for (const schema of given.schemas) {
    const own = [...asked].filter(([, question]) => question.schema === schema).sort(([a], [b]) => (a < b ? -1 : 1));
    if (own.length === 0) continue;
    try {
      const found = await planner(
        schema,
        own.map(([, question]) => question),
      );
      for (const [place, [key]] of own.entries()) answers.set(key, found[place]);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      failures.push({ file: "", code: "planner", message: `missing indexes and rewrites are candidates only: ${why}` });
      for (const [key] of own) answers.set(key, { planner: "", holds: false, sizes: [], why });
    }
  }
  return { project, failures };
}

function keyOf(schemas: readonly Schema[], question: PlanQuestion): string {
  const { schema } = question;
  if (isRewrite(question)) return JSON.stringify([schemas.indexOf(schema), question.statement, question.instead]);
  const { table, index, statements } = question;
  return JSON.stringify([schemas.indexOf(schema), table.schema, table.name, index.columns, index.where, index.unique, statements]);
}
