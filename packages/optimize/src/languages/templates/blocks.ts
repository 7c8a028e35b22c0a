/** Blocks and inheritance: each block is a function that is given the context, the blocks of the templates below, and the block above. */
import type { Expression, Property } from "../../model/facts-expressions.ts";
import { bind, call, inFunction, member, named, surroundings } from "./reading.ts";
import type { Reading, Span } from "./reading.ts";

/** `{% block name %}`: reads its content by `body`; puts it out here unless the template only fills another one. */
export function readBlock(r: Reading, name: string, { at, end }: Span, body: () => void): void {
  const span = { at, end };
  const binding = bind(r, `block ${name}`, "function", 0, { definition: r.functions.length });
  r.blocks.set(name, binding);
  inFunction(r, `block ${name}`, ["context", "blocks", "parent"], span, ([context, blocks, above]) => ({
    ...(context === undefined ? {} : { context }),
    ...(blocks === undefined ? {} : { blocks }),
    ...(above === undefined ? {} : { above }),
    read: body,
  }));
  const { blocks } = r.frame;
  const own = named(`block ${name}`, binding, span);
  const seen = surroundings(r, span);
  if (blocks === undefined) {
    r.frame.out.push({ kind: "expression", value: call(own, [seen], span), ...span });
    return;
  }
  const given = named("blocks", blocks, span);
  const filled = member(given, name, span);
  r.frame.out.push({
    kind: "branch",
    test: filled,
    then: [{ kind: "expression", value: call(filled, [seen, given, own], span), ...span }],
    else: [{ kind: "expression", value: call(own, [seen, given], span), ...span }],
    ...span,
  });
}

/** What a template that extends another one does: it puts out that one, with its own blocks and those of the templates below. */
export function putOutParent(r: Reading, parent: NonNullable<Reading["parent"]>, context: Expression, below: Expression): Expression {
  const span = { at: parent.at, end: parent.end };
  const blocks: Property[] = [...r.blocks].map(([name, binding]) => ({
    name,
    value: named(`block ${name}`, binding, span),
    spread: false,
  }));
  const all: Expression = { kind: "object", properties: [...blocks, { name: "", value: below, spread: true }], ...span };
  return call(renderOf(parent.name, span), [context, all], span);
}

/** The function that puts out another template. */
export function renderOf(name: Expression, span: Span): Expression {
  return member({ kind: "import", specifier: name, dynamic: false, ...span }, "render", span);
}
