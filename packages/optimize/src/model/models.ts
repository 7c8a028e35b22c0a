/** The vocabulary in which a data layer says how classes of a program stand for tables: data, as in `library.ts`. */
import type { EffectSpec, Where } from "./effect.ts";

/** How the classes of a program stand for tables, and what touching a relation of one of their rows does. */
export interface ModelsSpec {
  /** The type of rows: project classes that extend it are tables. */
  readonly row: string;
  /** The static side of `row`. */
  readonly statics: string;
  /** What a table is asked by when its class declares nothing else (`Model.objects`). */
  readonly manager?: string;
  /** Names by which the class answers with its first manager. */
  readonly managers?: readonly string[];
  /** What a relation to one is that was not loaded, when touching it asks nothing: a query that runs when it is awaited. */
  readonly one?: { readonly query: string };
  /** What a relation to many is: a query that is run when it is iterated, or a list that is read when it is touched. */
  readonly many: { readonly query: string } | "list";
  /** What changing a row does when a session keeps it. */
  readonly writes?: EffectSpec;
  /** A session keeps the rows that it read by their keys: the same target is read once. */
  readonly identity?: boolean;
  /** The type of a relation that is a query instead of a list. */
  readonly dynamic?: string;
  /** How a relation is read when it is touched. */
  readonly reads: EffectSpec;
  /** What follows a relation's name in the name of its column: `author_id`. */
  readonly column?: string;
  /** What the other side of a relation is called when nothing says it: the class's name and this, for many and for one. */
  readonly reverse?: { readonly many: string; readonly one: string };
  /** Methods by whose named arguments a query of unknown origin is known, where each of them is a field of some model: `.get(author=…)`. */
  readonly asks?: readonly string[];
  /** The library's table of accounts: what extends it has its relations. */
  readonly account?: string;
  /** Relations of the tables that the library brings: kind and table. */
  readonly known?: Readonly<Record<string, Readonly<Record<string, readonly ["one" | "many", string]>>>>;
  /** A query is true when it has rows: a test of it reads them. */
  readonly truth?: "rows";
  /** What parts the names in a path of relations: `author__profile`. */
  readonly separator: string;
}

/** What a class attribute that an instance of this type makes says of its table. */
export interface FieldSpec {
  readonly relation: "one" | "many";
  /** Whether it leads to one or many is said elsewhere; `relation` and `via` are what holds when nothing says it. */
  readonly told?: ToldSpec;
  readonly via: "key" | "one-to-one" | "many-to-many" | "generic" | "reverse";
  /** The other table: a class, or its name. */
  readonly to?: Where;
  /** What the other side calls the relation. */
  readonly reverse?: Where;
  /** What becomes of the rows that have it when the row goes to which it leads: a value that the library exports under that name. */
  readonly onDelete?: Where;
  /** The table between the two, when the project declares it. */
  readonly through?: Where;
  /** When it is loaded: one of `eager` means with the row. */
  readonly loads?: Where;
  readonly eager?: readonly string[];
}

/** Where a field, its annotation and the columns around it say how a relation leads to the other table. */
export interface ToldSpec {
  /** A boolean: many, or one. */
  readonly list: Where;
  /** The table between the two. */
  readonly through: Where;
  /** The columns that lead there. */
  readonly keys: Where;
  /** The columns of the other side, which a relation of a table to itself needs. */
  readonly remote: Where;
  /** The library leaves its rows alone when the row goes: any of these holds. */
  readonly alone: readonly Where[];
  /** What the other side calls it: a name, or a value of a type with `mirrors`, which says more about it. */
  readonly reverse: Where;
  /** When it is loaded, by the constant that stands there: with the row, when it is touched, as a query of its own, or never. */
  readonly loads: Where;
  readonly when: Readonly<Record<string, "touch" | "row" | "query" | "never">>;
}

/** What a call of a query changes in what is known of the rows that it will give. */
export interface RowsSpec {
  /** The arguments are relations to load with the rows: paths, or values of a type with `loads`. "keys" without arguments: all to one. */
  readonly eager?: "arguments" | "keys" | "all";
  /** Each of these relations is read by a statement of its own, however many rows there are. */
  readonly by?: "statement";
  /** The rows are no instances of the model: dictionaries, tuples, single columns. */
  readonly plain?: true;
  /** The query gives nothing. */
  readonly none?: true;
  /** What was read already is still there afterwards (`all()`), or answers the call (`count()`). */
  readonly keeps?: true;
  /** The program makes the rows: nothing is read for what they were not given. */
  readonly made?: true;
  /** The rows come in a dictionary. */
  readonly byKey?: true;
}

/** Where a value that is given to a call with `eager` says what it loads: a path, the query that does it, another name for the result. */
export interface LoadsSpec {
  readonly path: Where;
  readonly query?: Where;
  readonly as?: Where;
}
