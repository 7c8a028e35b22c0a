/** Exits that answer an error. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { Activation } from "./activation.ts";

/** Leaving with an error is no other way through the function: it says that the request was wrong. */
export function isErrorExit(act: Activation, statement: Statement): boolean {
  if (statement.kind !== "branch") return false;
  return [statement.then, statement.else].every(
    (arm) =>
      arm.length === 0 ||
      arm.length > 4 ||
      arm.every((one) => one.kind !== "return") ||
      arm.some((one) => hasErrorMark(one)) ||
      (act.handler && arm.every((one) => one.kind === "return" && one.value === undefined)),
  );
}

function hasErrorMark(statement: Statement): boolean {
  const value = statement.kind === "expression" || statement.kind === "return" || statement.kind === "throw" ? statement.value : undefined;
  return statement.kind === "throw" || (value !== undefined && marksError(value, 0));
}

function marksError(e: Expression, depth: number): boolean {
  if (depth > 6) return false;
  switch (e.kind) {
    case "await":
    case "cast":
      return marksError(e.value, depth + 1);
    case "call":
      return (
        e.args.some(
          (argument) =>
            (argument.value.kind === "literal" &&
              typeof argument.value.value === "number" &&
              argument.value.value >= 400 &&
              argument.value.value < 600) ||
            marksError(argument.value, depth + 1),
        ) ||
        marksError(e.callee, depth + 1) ||
        (e.callee.kind === "name" && (e.callee.name === "next" || e.callee.name === "notFound" || e.callee.name === "redirect"))
      );
    case "member":
      return marksError(e.object, depth + 1);
    case "object":
      return e.properties.some(
        (property) =>
          /^(status|statusCode)$/.test(property.name) &&
          marksError(
            {
              kind: "call",
              callee: property.value,
              args: [{ value: property.value, spread: false }],
              new: false,
              tag: false,
              optional: false,
              types: [],
              at: 0,
              end: 0,
            },
            depth + 1,
          ),
      );
    default:
      return false;
  }
}
