/** What is known of regular expressions is kept in the cache: the check takes up to seconds for each of them. */
import type { Ambiguity } from "../model/local.ts";
import { readOwn, writeOwn } from "../databases/oracle/own-file.ts";
import type { KeptAmbiguities, KnownAmbiguities } from "./ambiguous.ts";

const file = "expressions.json";
/** Older answers beyond so many are forgotten. */
const mostAnswers = 2000;

interface Kept {
  /** Another build may ask otherwise. */
  readonly build: string | undefined;
  /** null: it is not ambiguous. */
  readonly answers: readonly (readonly [expression: string, Ambiguity | null])[];
}

/** Kept in the folder; for this scan alone without one. */
export function keptAmbiguities({ cache, build }: { readonly cache?: string; readonly build?: string }): KeptAmbiguities {
  return async (use) => {
    const known: KnownAmbiguities = new Map();
    if (cache !== undefined) for (const [key, answer] of await read(cache, build)) known.set(key, answer ?? undefined);
    const before = known.size;
    use(known);
    if (cache === undefined || known.size === before) return;
    const answers = [...known].slice(-mostAnswers).map(([key, answer]) => [key, answer ?? null] as const);
    await writeOwn(cache, file, JSON.stringify({ build, answers } satisfies Kept));
  };
}

async function read(cache: string, build: string | undefined): Promise<Kept["answers"]> {
  const bytes = await readOwn(cache, file);
  if (bytes === undefined) return [];
  try {
    const kept = JSON.parse(Buffer.from(bytes).toString("utf8")) as Kept;
    return kept.build === build ? kept.answers : [];
  } catch {
    return [];
  }
}
