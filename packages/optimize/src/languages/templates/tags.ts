/** Tags: what each of them does, one function a name. What no reader knows is a function of the project's own. */
import type { Argument, Expression, Property } from "../../model/facts-expressions.ts";
import { readImport, readMacro, readRegroup, readSet, readTranslated, readWith } from "./binding.ts";
import { readBlock, renderOf } from "./blocks.ts";
import { readFor, readIf, readSometimes } from "./control.ts";
import { argumentsUntil, expression, isAtEnd, peek, postfix, take } from "./expressions.ts";
import { call, member, named, nothing, surroundings } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { assign, put } from "./tag.ts";
import type { ReadBody, ReadTag, Tag } from "./tag.ts";

function readInclude(r: Reading, { c, at, end }: Tag): void {
  const span = { at, end };
  const name = postfix(c);
  const given: Property[] = [];
  let only = false;
  while (!isAtEnd(c)) {
    const word = peek(c);
    c.at++;
    if (word.kind !== "name") continue;
    if (word.value === "only" || (word.value === "without" && peek(c).value === "context")) only = true;
    else if (take(c, "=")) given.push({ name: word.value, value: expression(c), spread: false });
  }
  const seen = surroundings(r, span);
  const around: Property[] = only ? [] : seen.kind === "object" ? [...seen.properties] : [{ name: "", value: seen, spread: true }];
  const context: Expression = given.length === 0 && !only ? seen : { kind: "object", properties: [...around, ...given], ...span };
  // The first of several that is there.
  const first = name.kind === "array" ? (name.elements[0]?.value ?? name) : name;
  put(r, call(renderOf(first, span), [context], span), span);
}

function readExtends(r: Reading, { c, at, end }: Tag): void {
  r.parent ??= { name: expression(c), at, end };
}

function readNamedBlock(r: Reading, tag: Tag, body: ReadBody): void {
  const name = peek(tag.c);
  readBlock(r, name.kind === "name" ? name.value : "", tag, () => void body(r, new Set(["endblock"])));
}

function readLoad(r: Reading, { c }: Tag): void {
  const from = c.words.findIndex(({ kind, value }) => kind === "name" && value === "from");
  const named = c.words.slice(from === -1 ? c.at : from + 1).filter(({ kind }) => kind === "name");
  for (const { value } of named) if (!r.loaded.includes(value)) r.loaded.push(value);
}

/** A macro with a body: `{% call m(x) %}…{% endcall %}`. */
function readCall(r: Reading, tag: Tag, body: ReadBody): void {
  if (take(tag.c, "(")) argumentsUntil(tag.c, ")");
  put(r, expression(tag.c), tag);
  body(r, new Set(["endcall"]));
}

/** Reads its arguments and nothing else: `{% url "x" order.id as u %}`. */
function readArguments({ c }: Tag): Argument[] {
  const out: Argument[] = [];
  while (!isAtEnd(c)) {
    const before = c.at;
    const name = peek(c);
    if (name.kind === "name" && name.value === "as" && peek(c, 1).kind === "name") break;
    if (name.kind === "name" && peek(c, 1).value === "=") {
      c.at += 2;
      out.push({ value: expression(c), spread: false, name: name.value });
    } else out.push({ value: postfix(c), spread: false });
    take(c, ",");
    if (c.at === before) c.at++;
  }
  return out;
}

function readPlain(r: Reading, tag: Tag): void {
  const args = readArguments(tag);
  for (const { value } of args) put(r, value, tag);
  nameResult(r, tag, nothing(tag));
}

function nameResult(r: Reading, { c }: Tag, value: Expression): boolean {
  if (!take(c, "as")) return false;
  const name = peek(c);
  if (name.kind !== "name") return false;
  assign(r, name.value, name, value);
  return true;
}

/** A tag of a library: a function that is given what stands in the tag, and the surroundings if it wants them. */
export function readOwn(r: Reading, tag: Tag): void {
  const span = { at: tag.at, end: tag.end };
  const args = readArguments(tag);
  const callee = member(named("templatetags", -1, span), `tag:${tag.name}`, span);
  const value: Expression = { ...call(callee, [], span), args: [{ value: surroundings(r, span), spread: false }, ...args] };
  if (!nameResult(r, tag, value)) put(r, { kind: "template", strings: ["", ""], values: [value], ...span }, span);
}

const plain = (
  "url static get_static_prefix media get_media_prefix csrf_token now lorem firstof cycle resetcycle widthratio templatetag debug " +
  "querystring trans translate get_current_language get_available_languages get_language_info get_language_info_list do break continue"
).split(" ");

/** By name. Tags that only end something, or that say nothing (`autoescape`, `spaceless`), are passed over: what stands in them is read as it comes. */
export const tags: Readonly<Record<string, ReadTag>> = {
  for: readFor,
  if: readIf,
  with: readWith,
  blocktrans: readTranslated,
  blocktranslate: readTranslated,
  include: readInclude,
  extends: readExtends,
  block: readNamedBlock,
  load: readLoad,
  macro: readMacro,
  import: readImport,
  from: readImport,
  set: readSet,
  regroup: readRegroup,
  cache: readSometimes,
  ifchanged: readSometimes,
  call: readCall,
  ...Object.fromEntries(plain.map((name) => [name, readPlain])),
};

export const silent: ReadonlySet<string> = new Set(
  "autoescape spaceless filter verbatim raw comment localize localtime timezone language pluralize plural partialdef else elif empty".split(
    " ",
  ),
);
