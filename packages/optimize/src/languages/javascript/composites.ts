/** Literals that hold expressions: objects, arrays, templates. */
import type {
  Argument,
  ArrayExpression,
  Expression,
  ObjectExpression,
  Property,
  TemplateExpression,
} from "../../model/facts-expressions.ts";
import { fitted } from "../fitted.ts";
import { expression } from "./expressions.ts";
import type { Lowering } from "./lowering.ts";
import type { Node } from "./tree.ts";
import { keyName, must, noNodes, templateText, valueNode } from "./tree.ts";

export function list(c: Lowering, nodes: readonly Node[] | undefined): Expression[] {
  const out: Expression[] = [];
  for (const node of nodes ?? noNodes) out.push(expression(c, node));
  return fitted(out);
}

export function object(c: Lowering, node: Node): ObjectExpression {
  const properties: Property[] = [];
  for (const property of node.properties ?? noNodes) {
    if (property.type === "SpreadElement") {
      properties.push({ name: "", value: expression(c, must(property.argument)), spread: true });
      continue;
    }
    const key = must(property.key);
    const constant = keyName(key, property.computed === true);
    const computed = constant === undefined ? expression(c, key) : undefined;
    const value = expression(c, must(valueNode(property)), constant ?? "");
    if (property.kind === "get" || property.kind === "set") {
      properties.push({
        name: constant ?? "",
        ...(computed === undefined ? undefined : { computed }),
        value,
        spread: false,
        accessor: property.kind,
      });
    } else if (computed === undefined) properties.push({ name: constant ?? "", value, spread: false });
    else properties.push({ name: "", computed, value, spread: false });
  }
  return { kind: "object", properties: fitted(properties), at: node.start, end: node.end };
}

export function array(c: Lowering, node: Node): ArrayExpression {
  const elements: (Argument | null)[] = [];
  for (const item of node.elements ?? noNodes) {
    if (item === null) elements.push(null);
    else if (item.type === "SpreadElement") elements.push({ value: expression(c, must(item.argument)), spread: true });
    else elements.push({ value: expression(c, item), spread: false });
  }
  return { kind: "array", elements: fitted(elements), form: "array", at: node.start, end: node.end };
}

export function template(c: Lowering, node: Node): Expression {
  const parts = templateParts(c, node);
  return parts.values.length > 0
    ? parts
    : { kind: "literal", type: "string", value: parts.strings[0] ?? "", at: node.start, end: node.end };
}

export function templateParts(c: Lowering, node: Node): TemplateExpression {
  const strings: string[] = [];
  for (const quasi of node.quasis ?? noNodes) strings.push(templateText(quasi));
  return { kind: "template", strings: fitted(strings), values: list(c, node.expressions), at: node.start, end: node.end };
}
