/** What a planner knows of the data: as PostgreSQL keeps it in pg_class and pg_stats. */

export interface DatabaseStatistics {
  readonly tables: readonly TableStatistics[];
  /** Settings that planning depends on, as the server shows them: `random_page_cost` -> `1.1`. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface TableStatistics {
  readonly schema?: string;
  readonly name: string;
  readonly rows: number;
  /** Of 8 KB. */
  readonly pages: number;
  readonly allVisible?: number;
  readonly columns: readonly ColumnStatistics[];
  /** Existing indexes by name. */
  readonly indexes?: readonly IndexStatistics[];
}

export interface IndexStatistics {
  readonly name: string;
  readonly pages: number;
  readonly rows: number;
  /** Of expressions, under the names that the index gives them. */
  readonly columns?: readonly ColumnStatistics[];
}

export interface ColumnStatistics {
  readonly name: string;
  readonly nullFraction: number;
  /** Bytes of a value, on average. */
  readonly width: number;
  /** As n_distinct: a number of values, or negative: a fraction of the rows. */
  readonly distinct: number;
  readonly correlation?: number;
  /** Values as the text of an array of PostgreSQL: `{a,"b c"}`. */
  readonly commonValues?: string;
  readonly commonFrequencies?: readonly number[];
  readonly histogram?: string;
}
