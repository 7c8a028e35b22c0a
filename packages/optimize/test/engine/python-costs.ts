/** Reads of the entries of a small Python project, by name: "1 + orders". */
import { analyzeSources } from "../../src/engine/analyze.ts";

export async function costsOf(files: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const { project } = await analyzeSources(Object.entries(files).map(([file, text]) => ({ file, text })));
  return Object.fromEntries(
    project.entries.map((entry) => {
      const terms = [...(entry.cost.reads?.max ?? new Map<string, number>())].map(([symbols, count]) => {
        const names = symbols.replace(/@[^*·]*/g, "");
        return names === "" ? String(count) : count === 1 ? names : `${String(count)} ${names}`;
      });
      return [entry.name, terms.join(" + ") || "0"];
    }),
  );
}
