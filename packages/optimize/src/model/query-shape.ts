/** What a statement asks of its table, as far as an index could help it: columns that conditions name, the order, whether there is a limit. */

/** null: compared with NULL; other: a condition that no plain index answers (`<>`, `NOT IN`, a function of the column). */
export type Comparison = "equal" | "list" | "range" | "prefix" | "infix" | "null" | "other";

export interface AskedColumn {
  /** As code or SQL says it; a path of relations is parted by dots. */
  readonly column: string;
  readonly by: Comparison;
  /** The constant that it is compared with, when it stands in the code. */
  readonly value?: string | number | boolean | null;
  /** A function or operator around the column: `lower`, `date`. */
  readonly wrapped?: string;
}

export interface AskedSort {
  readonly column: string;
  readonly order: "asc" | "desc";
}

export interface QueryShape {
  /** Conditions that all hold. */
  readonly conditions: readonly AskedColumn[];
  /** Columns of conditions of which one is enough. */
  readonly either: readonly AskedColumn[];
  /** The same by what belongs together, when there is one such choice: conditions that all hold, of each of its sides. */
  readonly alternatives?: readonly (readonly AskedColumn[])[];
  readonly sort: readonly AskedSort[];
  /** Conditions that cannot be seen may be added to these. */
  readonly open: boolean;
  /** It is sorted by something that cannot be seen. */
  readonly sortOpen: boolean;
  /** The order that the table has by itself does not hold. */
  readonly unsorted?: true;
  /** Rows are skipped: a constant number, or one that the program is given. */
  readonly offset?: number | "given";
  /** Rows of a table that only marks what is deleted really go (`force: true`). */
  readonly force?: true;
  /** A row is made when none is found. */
  readonly makes?: true;
  /** The rows come in random order. */
  readonly random?: true;
  /** What queries give whose rows are left out by NOT IN. */
  readonly notIn?: readonly InnerColumn[];
  /** Tables of one statement that no condition ties to each other. */
  readonly unjoined?: readonly string[];
  /** Queries that run once for each row that is found. */
  readonly rowQueries?: readonly RowQuery[];
  /** It finds what one of several conditions finds, and no one index serves them together. */
  readonly split?: SplitQuery;
}

/** Conditions of which one is enough: of columns of different tables, or of one table whose rows are sorted for a page. */
export interface SplitQuery {
  readonly branches: readonly SplitBranch[];
  /** Columns that conditions besides give a value: their index may leave few rows already. */
  readonly besides: readonly InnerColumn[];
  /** How a page of one table is sorted. */
  readonly page?: readonly AskedSort[];
  /** The statement with a query for each branch, which gives the same rows. */
  readonly rewrite: string;
  /** Its placeholders are counted by their place: the values of a branch are to be given again. */
  readonly counted?: true;
}

export interface SplitBranch {
  readonly tables: readonly string[];
  /** One of them is enough; each with the columns that it gives a value. */
  readonly alternatives: readonly (readonly InnerColumn[])[];
}

/** A query that aggregates inside of a statement and names columns of the row around it, where nothing bounds how many these rows are. */
export interface RowQuery {
  readonly table: string;
  /** "count", "sum" */
  readonly aggregate: string;
  /** `column` of its own tables equals `of` of the table around it. */
  readonly keys: readonly { readonly column: string; readonly table: string; readonly of: string }[];
  /** Columns that it names without a table: they are its own only if its table has them. */
  readonly bare: readonly string[];
  /** The statement with one grouped query joined instead; absent when it is not known to give the same rows. */
  readonly rewrite?: string;
}

/** A column of a table that a statement names. */
export interface InnerColumn {
  readonly table: string;
  readonly column: string;
}

export const emptyShape: QueryShape = { conditions: [], either: [], sort: [], open: false, sortOpen: false };

/** Both together, as two calls of a builder say them. */
export function withMore(shape: QueryShape | undefined, more: Partial<QueryShape>): QueryShape {
  const before = shape ?? emptyShape;
  const { alternatives: older, ...known } = before;
  const { alternatives: newer, ...told } = more;
  // Of two choices it is not kept which is which.
  const alternatives = before.either.length === 0 ? newer : (more.either ?? []).length === 0 ? older : undefined;
  return {
    ...known,
    ...told,
    ...(alternatives === undefined ? {} : { alternatives }),
    conditions: distinct([...before.conditions, ...(more.conditions ?? [])]),
    either: distinct([...before.either, ...(more.either ?? [])]),
    sort: more.sort ?? before.sort,
    open: before.open || more.open === true,
    sortOpen: more.sortOpen ?? before.sortOpen,
  };
}

function distinct(columns: readonly AskedColumn[]): readonly AskedColumn[] {
  const seen = new Set<string>();
  return columns.filter(({ column, by, wrapped }) => {
    const key = `${column}|${by}|${wrapped ?? ""}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Equal for shapes that ask the same. */
export function shapeKey(shape: QueryShape): string {
  const columns = (list: readonly AskedColumn[]): string =>
    list.map(({ column, by, value, wrapped }) => `${column} ${by} ${String(value)} ${wrapped ?? ""}`).join();
  return [
    columns(shape.conditions),
    columns(shape.either),
    shape.alternatives?.map(columns).join(";"),
    shape.sort.map(({ column, order }) => `${column} ${order}`).join(),
    shape.open,
    shape.sortOpen,
    shape.unsorted,
    shape.offset,
    shape.force,
    shape.makes,
    shape.random,
  ].join("|");
}
