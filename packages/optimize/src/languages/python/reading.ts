/** The state of one reading: where the tokens stand, and what has been found in the file so far. */
import type {
  Binding,
  BindingId,
  ClassFacts,
  FunctionFacts,
  FunctionId,
  ImportSource,
  Member,
  TypeFacts,
  TypeRef,
} from "../../model/facts.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";

/** A binding while its file is being read: later statements complete it. */
export interface BindingDraft {
  readonly name: string;
  readonly owner: FunctionId;
  kind: Binding["kind"];
  definition?: number;
  from?: ImportSource;
  type?: TypeRef;
}

/** A place that names something; `binding` is filled in when the scope that binds the name closes. */
export interface Reference {
  binding: BindingId;
}

export interface Scope {
  readonly parent: Scope | undefined;
  readonly owner: FunctionId;
  readonly kind: "module" | "function" | "class" | "comprehension";
  /** First reference of the scope in `Reading.references`. */
  readonly mark: number;
  /** Names that the scope binds; in a class they are members and have no binding. */
  names: Map<string, BindingId> | undefined;
  /** `nonlocal` names. */
  outer: Set<string> | undefined;
  /** Names that have to be known before the body starts, as the name of a function's variable is. */
  hoisted: Set<string> | undefined;
  /** Names whose first assignment stands in a nested block. */
  nested: Set<string> | undefined;
  /** For classes. */
  readonly class: ClassDraft | undefined;
  /** Uses in the body of a class of names that it only binds behind them: `policy = policy`. */
  before?: Set<Reference>;
}

/** A class while its body is being read. */
export interface ClassDraft {
  readonly name: string;
  readonly id: number;
  readonly members: Member[];
}

export interface Comment {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface Reading {
  readonly text: string;
  /** The current token: its kind is its own text for operators and keywords. */
  kind: string;
  start: number;
  end: number;
  /** Spelling of a name token. */
  word: string;
  /** End of the token before. */
  before: number;
  /** Where the next token is looked for. */
  at: number;
  /** Open brackets: new lines mean nothing inside. */
  brackets: number;
  /** Columns of the open blocks. */
  readonly indents: number[];
  /** Blocks that have ended and are not told yet. */
  dedents: number;
  lineStart: boolean;
  /** Kept only when somebody asks. */
  readonly comments: Comment[] | undefined;

  readonly bindings: BindingDraft[];
  /** A hole until the function is finished: parents come before children. */
  readonly functions: (FunctionFacts | undefined)[];
  readonly parents: FunctionId[];
  readonly captures: BindingId[][];
  readonly classes: (ClassFacts | undefined)[];
  readonly types: TypeFacts[];
  readonly imports: Set<string>;
  /** Sources of `from x import *` in the module. */
  readonly stars: ImportSource[];
  /** `__all__`. */
  listed: string[] | undefined;
  /** Unresolved references, in columns. */
  readonly references: Reference[];
  readonly names: string[];
  readonly users: FunctionId[];
  readonly module: Scope;
  scope: Scope;
  fn: FunctionId;
  /** What the current method calls its instance or class. */
  self: string | undefined;
  /** The current function yields. */
  yields: boolean;
  /** Statement list that is being written. */
  out: Statement[];
  /** Blocks around the current statement in its function or class. */
  blocks: number;
  /** Loops around the current statement in its function or class. */
  loops: number;
  /** The current loop is left by `break`. */
  breaks: boolean;
  /** Inside `if TYPE_CHECKING`. */
  typeOnly: boolean;
  /** Whether a pattern bound names for the first time, and names that were bound before. */
  fresh: number;
  bound: number;
  /** Name for a lambda that has none. */
  hint: string;
  depth: number;
  /** Something that only Python 2 has was read. */
  old: boolean;
  /** The first thing that could not be read. */
  broken: Broken | undefined;
}

/** Deeper nesting is not read: nothing that reads or walks Facts may overflow its stack. */
export const maxDepth = 400;

/** What cannot be read, and where. */
export class Broken extends Error {
  readonly at: number;
  readonly code: "syntax" | "too-deep";
  constructor(at: number, message: string, code: "syntax" | "too-deep" = "syntax") {
    super(message);
    this.at = at;
    this.code = code;
  }
}

export const noExpressions: readonly Expression[] = [];
export const noTypes: readonly TypeRef[] = [];

export function createReading(text: string, comments: boolean): Reading {
  const module: Scope = {
    parent: undefined,
    owner: 0,
    kind: "module",
    mark: 0,
    names: undefined,
    outer: undefined,
    hoisted: undefined,
    nested: undefined,
    class: undefined,
  };
  return {
    text,
    kind: "newline",
    start: 0,
    end: 0,
    word: "",
    before: 0,
    // A byte order mark is no token.
    at: text.charCodeAt(0) === 0xfeff ? 1 : 0,
    brackets: 0,
    indents: [0],
    dedents: 0,
    lineStart: true,
    comments: comments ? [] : undefined,
    bindings: [],
    functions: [],
    parents: [],
    captures: [],
    classes: [],
    types: [],
    imports: new Set(),
    stars: [],
    listed: undefined,
    references: [],
    names: [],
    users: [],
    module,
    scope: module,
    fn: 0,
    self: undefined,
    yields: false,
    out: [],
    blocks: 0,
    loops: 0,
    breaks: false,
    typeOnly: false,
    fresh: 0,
    bound: 0,
    hint: "",
    depth: 0,
    old: false,
    broken: undefined,
  };
}
