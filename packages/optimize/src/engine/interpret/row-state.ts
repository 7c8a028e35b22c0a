/** What is known of the rows that a query gives: immutable, and the same object for the same knowledge, so that it can be part of a key. */

export interface RowState {
  /** Tells states apart in the keys of summaries. */
  readonly id: number;
  /** Relations that come with the rows: dotted paths, each with all its beginnings, sorted. "*" stands for every key. */
  readonly eager: readonly string[];
  /** Of these, what comes by a statement of its own. */
  readonly later: readonly string[];
  /** Relations from the rows of the first query to these. */
  readonly path: string;
  /** The rows are there already: prefetched, or read before. */
  readonly there: boolean;
  /** The query gives nothing. */
  readonly none: boolean;
  /** Dictionaries or tuples, no instances. */
  readonly plain: boolean;
  /** The program made the row itself: nothing is read for what it was not given. */
  readonly made: boolean;
  /** One row that was asked for by itself: what its relations read is no list that a query could have loaded with its rows. */
  readonly single: boolean;
  /** They are the list of one row. */
  readonly inside: boolean;
  /** A statement gave it, or wrote it: the database has it, and it has a key. */
  readonly stored: boolean;
}

type Known = Omit<RowState, "id">;

const states = new Map<string, RowState>();

function stateFor(known: Known): RowState {
  const key = `${known.path}|${known.there ? 1 : 0}${known.none ? 1 : 0}${known.plain ? 1 : 0}${known.made ? 1 : 0}${known.single ? 1 : 0}${known.inside ? 1 : 0}${known.stored ? 1 : 0}|${known.eager.join()}${known.later.length === 0 ? "" : `|${known.later.join()}`}`;
  let state = states.get(key);
  if (state === undefined) {
    state = { ...known, id: states.size };
    states.set(key, state);
  }
  return state;
}

/** Nothing is known but the model. */
export const plainState: RowState = stateFor({
  eager: [],
  later: [],
  path: "",
  there: false,
  none: false,
  plain: false,
  made: false,
  single: false,
  inside: false,
  stored: false,
});

export function stateWith(state: RowState, changes: Partial<Known>): RowState {
  return stateFor({ ...state, ...changes });
}

/** Every relation of the rows, and of the rows behind them: nothing is read by touching them. */
export const everything = "**";

/** The paths and all their beginnings. */
export function withEager(state: RowState, paths: readonly string[]): RowState {
  if (paths.length === 0) return state;
  const all = new Set(state.eager);
  for (const path of paths) {
    const names = path.split(".");
    for (let i = 1; i <= names.length; i++) all.add(names.slice(0, i).join("."));
  }
  return all.size === state.eager.length ? state : stateWith(state, { eager: [...all].sort() });
}

/** As `withEager`, with what the paths add to what is loaded before read by statements of their own. */
export function withLater(state: RowState, paths: readonly string[]): RowState {
  const all = withEager(state, paths);
  const added = all.eager.filter((path) => !state.eager.includes(path));
  return added.length === 0 ? all : stateWith(all, { later: [...new Set([...state.later, ...added])].sort() });
}

/** What comes with the rows behind one relation. */
export function behind(state: RowState, name: string): RowState {
  const start = `${name}.`;
  const eager = state.eager.flatMap((path) => (path === everything ? [path] : path.startsWith(start) ? [path.slice(start.length)] : []));
  const path = state.path === "" ? name : `${state.path}.${name}`;
  return stateFor({
    eager,
    later: [],
    path: path.length > 60 ? name : path,
    there: false,
    none: false,
    plain: false,
    made: false,
    single: state.single || state.made,
    inside: state.inside,
    stored: true,
  });
}

export function isEager(state: RowState, name: string, key: boolean): boolean {
  return state.eager.includes(name) || state.eager.includes(everything) || (key && state.eager.includes("*"));
}

/** One of two queries: what comes with the rows of either is taken as loaded. The empty one says nothing. */
export function joinStates(a: RowState, b: RowState): RowState {
  if (a === b || b.none) return a;
  if (a.none) return b;
  const eager = a.eager === b.eager ? a.eager : [...new Set([...a.eager, ...b.eager])].sort();
  return stateFor({
    eager,
    later: a.later === b.later ? a.later : [...new Set([...a.later, ...b.later])].sort(),
    path: a.path === b.path ? a.path : "",
    there: a.there && b.there,
    none: false,
    plain: a.plain && b.plain,
    made: a.made && b.made,
    single: a.single && b.single,
    inside: a.inside && b.inside,
    stored: a.stored && b.stored,
  });
}
