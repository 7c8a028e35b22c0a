/** How the settings of a framework say which databases there are, and how long connections to them are kept. */
export interface ConnectionSettings {
  /** The module variable that holds them, by name of the database. */
  readonly variable: string;
  /** The database that is asked when none is named. */
  readonly main: string;
  readonly engine: string;
  /** How long a connection is kept; 0, and nothing at all, is: as long as the request. */
  readonly age: string;
  readonly options: string;
  /** An option that makes a pool. */
  readonly pool: string;
}
