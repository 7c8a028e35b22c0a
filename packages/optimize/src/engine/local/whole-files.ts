/** Files that are read whole although their text is only gone through line by line, or only sent on. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { WholeFile } from "../../model/local.ts";
import { calledName, callsNamed, sameThing, textOf } from "./handles.ts";
import { placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";
import type { Spot } from "./text.ts";

const reading: ReadonlySet<string> = new Set(["readFile", "readFileSync"]);
const sending: ReadonlySet<string> = new Set(["send", "end", "write"]);
const answers: ReadonlySet<string> = new Set(["Response", "HttpResponse", "make_response"]);
/** They go through the lines and keep none. */
const walking: ReadonlySet<string> = new Set(["forEach", "reduce", "some", "every"]);
const writing: ReadonlySet<string> = new Set(["open", "writeFile", "writeFileSync", "appendFile", "createWriteStream"]);
const sizes: ReadonlySet<string> = new Set(["stat", "statSync", "fstat", "fstatSync", "lstat", "getsize"]);

export function readWholeFiles(r: Reading): void {
  for (const { s, spot } of r.t.statements)
    if (s.kind === "loop" && s.form === "each" && s.iterable !== undefined) add(r, linesOf(r, s.iterable), "lines", spot);
  for (const { e, spot } of r.t.calls) {
    const name = calledName(e);
    const [first] = e.args;
    if (e.callee.kind === "member" && walking.has(name)) add(r, linesOf(r, e.callee.object), "lines", spot);
    const sent = e.callee.kind === "member" && sending.has(name) && !r.python;
    if (first !== undefined && (sent || answers.has(name))) add(r, textIn(r, first.value), "sent", spot);
  }
  for (const { e, spot } of r.t.expressions)
    if (e.kind === "comprehension") for (const { iterable } of e.clauses) add(r, linesOf(r, iterable), "lines", spot);
}

function add(r: Reading, opened: CallExpression | undefined, form: WholeFile["form"], spot: Spot): void {
  if (opened === undefined || spot.fn === 0) return;
  // Who asks how large it is has thought of it.
  if (callsNamed(r, sizes).some((one) => one.spot.fn === spot.fn)) return;
  // Nobody can go through a file while it is written anew.
  if (form === "lines" && isRewritten(r, opened, spot)) return;
  r.found.wholeFiles.push({ ...placeIn(r, opened, spot), form });
}

/** The function writes a file of the same path. */
function isRewritten(r: Reading, { args }: CallExpression, spot: Spot): boolean {
  const path = args[0]?.value;
  return (
    path !== undefined &&
    callsNamed(r, writing).some(
      ({ e, spot: where }) =>
        where.fn === spot.fn &&
        e.args[0] !== undefined &&
        sameThing(r, path, spot, e.args[0].value, where) &&
        (!r.python ||
          e.args.some(({ name, value }, i) => (name === "mode" || (i === 1 && name === undefined)) && /[wax+]/.test(textOf(value) ?? ""))),
    )
  );
}

/** The lines of a file, all of them: the call that opens it. */
function linesOf(r: Reading, e: Expression, depth = 0): CallExpression | undefined {
  if (depth > 4) return undefined;
  const plain = bare(e);
  if (plain.kind === "name") return through(r, plain, (value) => linesOf(r, value, depth + 1));
  if (plain.kind !== "call" || plain.callee.kind !== "member") return undefined;
  const { object, name } = plain.callee;
  if (r.python && name === "readlines" && plain.args.length === 0) return fileIn(r, object);
  if (name !== "splitlines" && !(name === "split" && isNewline(plain.args[0]?.value))) return undefined;
  return textIn(r, object);
}

function isNewline(e: Expression | undefined): boolean {
  if (e?.kind === "literal" && e.type === "regexp") return /\\n\+?(\/[a-z]*)?$/.test(String(e.value));
  return textOf(e)?.endsWith("\n") === true;
}

/** The text of a file, all of it: the call that opens it. */
function textIn(r: Reading, e: Expression, depth = 0): CallExpression | undefined {
  if (depth > 4) return undefined;
  const plain = bare(e);
  if (plain.kind === "name") return through(r, plain, (value) => textIn(r, value, depth + 1));
  if (plain.kind !== "call") return undefined;
  if (!r.python) return reading.has(calledName(plain)) ? plain : undefined;
  if (plain.callee.kind !== "member" || plain.callee.name !== "read" || plain.args.length > 0) return undefined;
  return fileIn(r, plain.callee.object);
}

/** `open(path)`, or what `with open(path) as file` calls it. */
function fileIn(r: Reading, e: Expression): CallExpression | undefined {
  if (e.kind === "call") return e.callee.kind === "name" && e.callee.binding < 0 && e.callee.name === "open" ? e : undefined;
  if (e.kind !== "name" || e.binding < 0) return undefined;
  for (const { s } of r.t.statements) {
    if (s.kind !== "with") continue;
    for (const { value, target } of s.items)
      if (target?.kind === "bind" && target.binding === e.binding && value.kind === "call") return fileIn(r, value);
  }
  return undefined;
}

/** What a variable holds that is given its value once, and used once. */
function through(
  r: Reading,
  e: Extract<Expression, { kind: "name" }>,
  next: (value: Expression) => CallExpression | undefined,
): CallExpression | undefined {
  const uses = e.binding < 0 ? undefined : r.t.bindings.get(e.binding);
  const [only, ...others] = uses?.writes ?? [];
  return only?.value === undefined || !only.whole || others.length > 0 || uses?.reads.length !== 1 ? undefined : next(only.value);
}

function bare(e: Expression): Expression {
  return e.kind === "await" || e.kind === "cast" ? bare(e.value) : e;
}
