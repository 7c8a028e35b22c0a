/**
 * `<root>/.optimize/survey`: what the last scan saw, and every question that it put to the file system with the answer.
 * Where all answers are the same again, the survey is given again and nothing is read.
 *
 *     optimize-survey 1 <digest of the inputs> <digest of the survey> <key of a Run> <digest of a Run>
 *     {"key":…,"begun":…,"boundary":…,"inputs":[[question, path, stamp, answer], …]}
 *     {"project":…,"findings":…,…}
 *
 * The last two are those of the Run that this survey gave and that lies in run.json, dashes while there is none: it need not be made
 * again either. They are written over in place, because half of them is as good as none.
 *
 * What is believed. The folder may have come with the project, so the file may be a stranger's, and a digest can be computed by
 * anybody. It counts only where much of what it says about files holds to the inode and to the last change of each entry as this
 * file system knows them (compare-inputs.ts): nobody can write these numbers down before the project lies here. A folder that was
 * copied or restored is therefore scanned anew. Not covered: a whole disk image of a stranger's making.
 */
import { closeSync, constants, lstatSync, openSync, readSync, realpathSync, writeSync } from "node:fs";
import type { Stats } from "node:fs";
import { dirname, join } from "node:path";
import { OptimizeError } from "../model/errors.ts";
import { compareInputs } from "./compare-inputs.ts";
import { gitRoot } from "./git.ts";
import { digest, openLedger } from "./inputs.ts";
import type { Input } from "./inputs.ts";
import type { ScanOptions } from "./scan.ts";
import { readBytes } from "./source-text.ts";
import { openStore, runFile, surveyFile, writeWhole } from "./store.ts";
import type { Survey } from "./survey.ts";

/** Raised when the form of the file changes. */
const form = "optimize-survey 1";
const none = "-".repeat(32);
/** Bytes. */
const largestFile = 256 * 1024 * 1024;

interface Inputs {
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly begun: number;
  readonly boundary: string;
  readonly inputs: readonly (readonly [Input["question"], string, Input["stamp"] | null, string])[];
}

export interface Recalled {
  /** Names the survey by its content. */
  readonly id: string;
  /** Read when it is first asked for. */
  readonly survey: () => Survey;
  /** The Run with this key as it lies in run.json. */
  readonly run: (key: string) => string | undefined;
}

/** The survey of an earlier scan by the same build, when everything that it asked would be answered the same again. */
export function recallSurvey(root: string, options: ScanOptions, build: string): Recalled | undefined {
  try {
    const key = keyOf(root, options, build);
    const file = readFile(root, key);
    if (file === undefined) return undefined;
    const { begun, boundary, inputs } = JSON.parse(file.inputs) as Inputs;
    const before = inputs.map(([question, path, stamp, answer]): Input => ({ question, path, stamp: stamp ?? undefined, answer }));
    const compared = compareInputs(before, begun, boundary);
    if (compared === undefined || compared.changed.length > 0) return undefined;
    const survey = file.survey.toString("utf8");
    if (compared.asked > 0) write(root, { key, boundary, begun: compared.begun }, compared.inputs, survey, file.run);
    return {
      id: file.id,
      survey: () => JSON.parse(survey) as Survey,
      run: (wanted) => (file.run.key === wanted ? readRunText(root, file.run.digest) : undefined),
    };
  } catch {
    // Broken, truncated, of a stranger's making, or not to be written: the scan does the work again.
    return undefined;
  }
}

function readRunText(root: string, wanted: string): string | undefined {
  try {
    const bytes = readBytes(join(root, runFile), largestFile);
    return typeof bytes !== "string" && digest(bytes) === wanted ? bytes.toString("utf8") : undefined;
  } catch {
    return undefined;
  }
}

/** What a Run depends on beside its survey. */
export function runKey(survey: string, { tiers, config, rules, categories, package: name, evidence = [] }: ScanOptions): string {
  return digest(JSON.stringify([survey, tiers ?? config?.tiers, rules, categories, name, evidence]));
}

/** Says that run.json holds this Run of the kept survey. */
export function rememberRun(root: string, key: string, text: string): void {
  try {
    const file = openSync(join(root, surveyFile), constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
    try {
      const start = Buffer.alloc(form.length);
      readSync(file, start, 0, form.length, 0);
      if (start.toString("latin1") !== form) return;
      writeSync(file, `${key} ${digest(text)}`, form.length + 2 * (none.length + 1) + 1, "latin1");
    } finally {
      closeSync(file);
    }
  } catch {
    // The Run will be made again from the survey.
  }
}

/** Lets the survey be made and keeps it. A folder that cannot be written to is told and costs nothing else. */
export async function keepSurvey(
  root: string,
  options: ScanOptions,
  { build, onKept, onProblem }: NonNullable<ScanOptions["keep"]>,
  make: () => Promise<Survey>,
): Promise<Survey> {
  const ledger = openLedger();
  try {
    const survey = await make();
    // What changed while it was read is no one state of the project.
    if (ledger.spoilt()) return survey;
    // A planner that could not be had may be there the next time.
    if (survey.failures.some(({ code }) => code === "planner")) return survey;
    const boundary = gitRoot(root) ?? realpathSync(root);
    const about = { key: keyOf(root, options, build), boundary, begun: ledger.begun };
    try {
      const id = write(root, about, [...ledger.inputs.values()], JSON.stringify(survey));
      onKept?.(id);
    } catch (error) {
      if (!(error instanceof OptimizeError) || error.code !== "write") throw error;
      onProblem?.(error);
    }
    return survey;
  } finally {
    ledger.close();
  }
}

/** What a survey depends on beside the file system. How it is narrowed and shown is not part of it. */
function keyOf(root: string, { includeTests = false, languages, config = {}, exported }: ScanOptions, build: string): string {
  const { include, exclude, rules, entryPoints } = config;
  const settings = [includeTests, languages === undefined ? null : [...languages].sort(), include, exclude, rules, entryPoints, exported];
  return digest(JSON.stringify([build, realpathSync(root), settings]));
}

function write(
  root: string,
  about: Omit<Inputs, "inputs">,
  inputs: readonly Input[],
  survey: string,
  run = { key: none, digest: none },
): string {
  const rows = inputs.map(({ question, path, stamp, answer }) => [question, path, stamp ?? null, answer]);
  const first = JSON.stringify({ ...about, inputs: rows });
  const id = digest(survey);
  openStore(root);
  writeWhole(join(root, surveyFile), `${form} ${digest(first)} ${id} ${run.key} ${run.digest}\n${first}\n${survey}\n`);
  return id;
}

interface KeptFile {
  readonly id: string;
  readonly inputs: string;
  readonly survey: Buffer;
  readonly run: { readonly key: string; readonly digest: string };
}

function readFile(root: string, wantedKey: string): KeptFile | undefined {
  const path = join(root, surveyFile);
  if (lstatSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  let isOwn = false;
  const bytes = readBytes(path, largestFile, false, (stats) => (isOwn = isOfThisUser(stats)));
  if (typeof bytes === "string" || !isOwn) return undefined;
  const head = bytes.indexOf(10);
  const middle = bytes.indexOf(10, head + 1);
  const [name, number, ofInputs, id = "", key = "", ofRun = ""] = bytes.toString("latin1", 0, Math.max(0, head)).split(" ");
  if (`${name} ${number}` !== form || middle < 0) return undefined;
  const inputs = bytes.subarray(head + 1, middle);
  // A stranger does not know the key, and could have written anything for the reader of JSON to choke on.
  if (!inputs.toString("latin1", 0, 200).startsWith(`{"key":"${wantedKey}"`)) return undefined;
  const survey = bytes.subarray(middle + 1, bytes.length - 1);
  if (digest(inputs) !== ofInputs || digest(survey) !== id) return undefined;
  return { id, inputs: inputs.toString("utf8"), survey, run: { key, digest: ofRun } };
}

function isOfThisUser({ uid }: Stats): boolean {
  const own = process.getuid?.();
  return own === undefined || own === uid;
}
