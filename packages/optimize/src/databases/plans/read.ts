/** A plan out of whatever holds one: EXPLAIN (FORMAT JSON), EXPLAIN's text, an entry of auto_explain. */
import type { Plan } from "../../model/plan.ts";
import { planOfJson } from "./json.ts";
import { planOfText } from "./text.ts";

/** Undefined when there is none in it. */
export function readPlan(text: string): Plan | undefined {
  return planOfJson(jsonIn(text)) ?? planOfText(text);
}

/** The JSON in the text: psql puts a heading and continuation marks around it. */
function jsonIn(text: string): unknown {
  const joined = text.replaceAll(/\s*\+\s*$/gm, "");
  const start = joined.search(/[[{]/);
  const end = Math.max(joined.lastIndexOf("]"), joined.lastIndexOf("}"));
  if (start < 0 || end <= start) return undefined;
  try {
    return JSON.parse(joined.slice(start, end + 1));
  } catch {
    return undefined;
  }
}
