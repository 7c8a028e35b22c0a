/** Statements that are about an await. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";

/** The await that a statement is about, if it is about one. */
export function awaitOf(statement: Statement): Expression | undefined {
  const value = statement.kind === "expression" || statement.kind === "assign" || statement.kind === "return" ? statement.value : undefined;
  let e = value;
  for (let depth = 0; e !== undefined && depth < 8; depth++) {
    switch (e.kind) {
      case "await":
        return e;
      case "cast":
        e = e.value;
        break;
      case "member":
        e = e.object;
        break;
      case "logical":
        e = e.left;
        break;
      default:
        return undefined;
    }
  }
  return undefined;
}
