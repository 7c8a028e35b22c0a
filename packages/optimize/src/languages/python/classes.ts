/** Classes -> ClassFacts. What a body does besides declaring members happens where the class stands. */
import type { ClassId } from "../../model/facts.ts";
import type { Argument, Expression } from "../../model/facts-expressions.ts";
import { block } from "./blocks.ts";
import { argumentsOf } from "./calls.ts";
import { typeParameters } from "./functions.ts";
import { noTypes } from "./reading.ts";
import type { ClassDraft, Reading } from "./reading.ts";
import { closeScope, define, openScope } from "./scope.ts";
import { advance, unexpected, is } from "./tokens.ts";
import { typeOf } from "./types.ts";

/** `class` behind its decorators. */
export function classStatement(r: Reading, decorators: readonly Expression[], at: number): void {
  advance(r);
  if (r.kind !== "name") throw unexpected(r, r.start);
  const name = r.word;
  advance(r);
  const id: ClassId = r.classes.length;
  r.classes.push(undefined);
  define(r, name, "class", id);
  const around = r.scope.class;
  const draft: ClassDraft = { name, id, members: [] };
  // Type parameters stand between the surrounding scope and the body.
  const outer = openScope(r, r.fn, "comprehension");
  typeParameters(r);
  const args = is(r, "(") ? argumentsOf(r) : [];
  const bases: Expression[] = [];
  const keywords: Argument[] = [];
  for (const one of args) {
    if (one.name === undefined && !one.spread) bases.push(base(r, one.value));
    else keywords.push(one);
  }
  const { self, blocks, loops, breaks } = r;
  const inner = openScope(r, r.fn, "class", draft);
  Object.assign(r, { self: undefined, blocks: 0, loops: 0, breaks: false });
  block(r);
  closeScope(r, inner);
  closeScope(r, outer);
  Object.assign(r, { self, blocks, loops, breaks });
  r.classes[id] = {
    id,
    name,
    bases,
    ...(keywords.length === 0 ? undefined : { keywords }),
    implements: noTypes,
    members: draft.members,
    decorators,
    abstract: draft.members.some((member) => member.abstract),
    parent: r.fn,
    at,
    end: r.before,
  };
  around?.members.push({
    name,
    static: true,
    kind: "field",
    abstract: false,
    value: { kind: "class", class: id, at, end: r.before },
    decorators: [],
    at,
  });
}

/** `Repository[User]`: the arguments are evidence of what the base is about. */
function base(r: Reading, value: Expression): Expression {
  if (value.kind !== "member" || value.subscript !== true) return value;
  const type = typeOf(r, value);
  return type.kind === "primitive" ? value : { kind: "cast", value: value.object, type, at: value.at, end: value.end };
}
