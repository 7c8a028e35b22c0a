/** Texts to Facts, whatever their language. */
import { lowerJavaScript } from "../languages/javascript/index.ts";
import { lowerPython } from "../languages/python/index.ts";
import { lowerTemplate } from "../languages/templates/index.ts";
import { isTemplatePath } from "../languages/templates/names.ts";
import type { Facts } from "../model/facts.ts";
import type { Failure } from "../model/finding.ts";

export interface Source {
  readonly file: string;
  readonly text: string;
}

export interface Lowered {
  readonly facts: readonly Facts[];
  /** Of files that have facts. */
  readonly texts: ReadonlyMap<string, string>;
  readonly failures: readonly Failure[];
}

export async function lowerAll(
  sources: readonly Source[],
  onProgress?: (stage: string, done: number, total: number) => void,
): Promise<Lowered> {
  const facts: Facts[] = [];
  const failures: Failure[] = [];
  const texts = new Map<string, string>();
  for (const [i, source] of sources.entries()) {
    if (i % 100 === 0) {
      onProgress?.("reading", i, sources.length);
      if (i > 0) await pause();
    }
    if (isTemplatePath(source.file)) {
      facts.push(lowerTemplate(source));
      texts.set(source.file, source.text);
      continue;
    }
    if (source.file.endsWith(".py")) {
      const read = lowerPython(source);
      facts.push(read.facts);
      texts.set(source.file, source.text);
      if (read.failure !== undefined) failures.push(read.failure);
      continue;
    }
    const lowered = lowerJavaScript(source);
    if ("facts" in lowered) {
      facts.push(lowered.facts);
      texts.set(source.file, source.text);
    } else failures.push(lowered.failure);
  }
  return { facts, texts, failures };
}

/** Lets signals and timers in between long stretches of work. */
function pause(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
