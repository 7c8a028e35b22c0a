/** `try`. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Pattern, Statement } from "../../model/facts-statements.ts";
import { nested, unnamed } from "./blocks.ts";
import { expressions } from "./expressions.ts";
import type { BindingDraft, Reading } from "./reading.ts";
import { bind, refer } from "./scope.ts";
import { accept, advance, unexpected, is } from "./tokens.ts";

interface Handler {
  readonly type: Expression | undefined;
  readonly name: string;
  readonly body: Statement[];
  readonly at: number;
}

/** Handlers become one: a branch for each class of exception, and what none of them takes is thrown on. */
export function tryStatement(r: Reading): void {
  const at = r.start;
  advance(r);
  const body = nested(r);
  const handlers: Handler[] = [];
  let param: Pattern | undefined;
  while (r.kind === "except") {
    const from = r.start;
    advance(r);
    accept(r, "*");
    const type = is(r, ":") ? undefined : expressions(r);
    let name = "";
    if (accept(r, "as")) {
      if (!is(r, "name")) throw unexpected(r, r.start);
      name = r.word;
      r.blocks++;
      const bound = bind(r, name, r.start, r.end);
      r.blocks--;
      if (bound.kind === "bind" && bound.binding >= 0) {
        const draft = r.bindings[bound.binding] as BindingDraft;
        if (draft.kind === "let") draft.kind = "catch";
      }
      param ??= bound;
      advance(r);
    }
    handlers.push({ type, name, body: nested(r), at: from });
  }
  // `else` is done when nothing was thrown: behind the body.
  if (accept(r, "else")) body.push(...nested(r));
  const finalizer = accept(r, "finally") ? nested(r) : undefined;
  const handler = handlers.length === 0 ? undefined : joined(r, handlers, param);
  r.out.push({
    kind: "try",
    body,
    ...(param === undefined ? undefined : { param }),
    ...(handler === undefined ? undefined : { handler }),
    ...(finalizer === undefined ? undefined : { finalizer }),
    at,
    end: r.before,
  });
}

const everything: ReadonlySet<string> = new Set(["Exception", "BaseException"]);

function joined(r: Reading, handlers: Handler[], param: Pattern | undefined): Statement[] {
  let rest: Statement[] | undefined;
  for (const one of handlers.reverse()) {
    const { at, type } = one;
    const own = param?.kind === "bind" && one.name !== "" && one.name !== param.name ? renamed(r, one, param) : one.body;
    const end = own.at(-1)?.end ?? at;
    const any = type === undefined || (type.kind === "name" && everything.has(type.name));
    if (any && rest === undefined) {
      rest = type === undefined ? own : [{ kind: "expression", value: type, at, end: type.end }, ...own];
      continue;
    }
    const test: Expression = { kind: "binary", operator: "instanceof", left: unnamed(at), right: type ?? unnamed(at), at, end };
    // oxlint-disable-next-line unicorn/no-thenable -- `then` is a member of the IR, and never awaited
    rest = [{ kind: "branch", test, then: own, else: rest ?? [{ kind: "throw", at: end, end }], at, end }];
  }
  return rest ?? [];
}

/** A handler that calls the exception differently than the first one does. */
function renamed(r: Reading, one: Handler, param: Extract<Pattern, { kind: "bind" }>): Statement[] {
  const { at } = one;
  const value = { kind: "name" as const, name: param.name, binding: -1, at, end: at };
  refer(r, value, param.name);
  const target = bind(r, one.name, at, at);
  return [{ kind: "assign", target, value, operator: "", declares: true, at, end: at }, ...one.body];
}
