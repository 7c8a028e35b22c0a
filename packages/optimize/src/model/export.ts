/** What an export of a library is. */
import type { EntrySpec } from "./entry.ts";

/** Exactly one of the three. */
export interface ExportSpec {
  /** A class: `new X()` and the annotation `X` are instances of this type. */
  readonly class?: string;
  /** Static side of `class`, and of project classes that extend it: `User.findAll()`. */
  readonly statics?: string;
  /** A value (object or function) of this type. */
  readonly value?: string;
  /** A type that is only written in annotations. */
  readonly type?: string;
  /** Index of the type argument that names the table: `Repository<User>` -> 0. */
  readonly tableArgument?: number;
  /** The program's accounts are rows of the class that extends this one, when there is one only. */
  readonly account?: true;
  /** A function annotated with this type is called from outside: `const handler: APIGatewayProxyHandler = …`; its own name names the entry. */
  readonly entry?: EntrySpec;
}
