/** Everything that the interpretation of one project shares. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { FunctionId, TypeRef } from "../../model/facts.ts";
import type { ExportSpec, FileConvention, Library, RegisterSpec } from "../../model/library.ts";
import type { ErrorCode } from "../../model/errors.ts";
import type { Failure } from "../../model/finding.ts";
import type { QueryShape } from "../../model/query-shape.ts";
import type { Operation } from "./operation.ts";
import type { Answer } from "./root.ts";
import type { Summary } from "./summary.ts";
import type { Resolved, Unit } from "./unit.ts";
import type { ClassRef, HeapObject, Value } from "./value.ts";

export interface SqlFacts {
  readonly action: "read" | "write" | "ddl" | "transaction" | "other";
  readonly tables: readonly string[];
  /** False when a part of it that may name tables is unknown. */
  readonly complete: boolean;
  readonly limited: boolean;
  readonly single: boolean;
  readonly byList: boolean;
  readonly asks?: QueryShape | undefined;
}

/** A request, job or event handler as it was registered; named and run when all modules have run. */
export interface Registration {
  readonly spec: RegisterSpec;
  readonly library: Library;
  /** Allocation site of the app, router or worker. */
  readonly owner: string;
  readonly path: string | undefined;
  /** Further paths of the same handlers (`get(["/a", "/b"], …)`). */
  readonly otherPaths: readonly string[];
  readonly method: string | undefined;
  readonly handlers: readonly Value[];
  /** The contract whose keys those of the handlers are. */
  readonly contract?: Value | undefined;
  /** What answers are turned into, when the framework does that. */
  readonly answer?: Answer | undefined;
  /** What the framework calls before each handler. */
  readonly dependencies?: readonly Value[];
  /** Routers that a mount hangs below `path`. */
  readonly mounted: readonly string[];
  /** Site of the chain or scope that the call returns. */
  readonly scope: string | undefined;
  readonly unit: Unit;
  readonly fn: FunctionId;
  readonly node: Expression;
  readonly order: number;
  /** Property names around the registration, for procedures in router objects. */
  readonly name: string | undefined;
}

export interface World {
  readonly units: readonly Unit[];
  readonly unitOf: ReadonlyMap<string, Unit>;
  readonly libraries: ReadonlyMap<string, Library>;
  readonly globals: ReadonlyMap<string, { readonly library: Library; readonly spec: ExportSpec }>;
  resolve(unit: Unit, specifier: string): Resolved;
  /** What a library says of itself in its own language. */
  written(library: Library): Unit | undefined;
  /** Modules that a specifier with an unknown part may name. */
  resolvePattern(unit: Unit, prefix: string, suffix: string): readonly Unit[];
  sql(text: string): SqlFacts | undefined;
  /** The template that a file asks for by name. */
  templateAt(name: string, from: string): Unit | undefined;
  /** File conventions that hold for the unit, with its path inside its package. */
  conventionsOf(unit: Unit): readonly { readonly spec: FileConvention; readonly library: Library; readonly path: string }[];
  readonly summaries: Map<string, Summary>;
  /** Results of the round before, for calls into cycles. */
  readonly previous: Map<string, Summary>;
  readonly operations: Map<string, Operation>;
  readonly registrations: Registration[];
  /** Where each of them stands in the list, by the call that made it, its owner and its path. */
  readonly registered: Map<string, number>;
  /** What a cursor ran last, by the site where it was made. */
  readonly lastStatements: Map<string, Operation>;
  readonly failures: Failure[];
  /** Contexts by function, so that a function called in too many ways falls back to one. */
  readonly contexts: Map<string, number>;
  /** Functions that did something, or gave something to do it with. */
  readonly busy: Set<string>;
  /** Functions that hold a loop which never ends, by id. */
  readonly endless: Map<string, { readonly unit: Unit; readonly fn: FunctionId }>;
  /** Calls of some function of a table with many. */
  readonly dispatched: Map<
    string,
    {
      readonly table: HeapObject;
      readonly unit: Unit;
      readonly fn: FunctionId;
      readonly node: { readonly at: number; readonly end: number };
    }
  >;
  /** Functions without a name that somebody runs in a transaction, by id. */
  readonly transacted: Set<string>;
  /** Steps that its summaries took so far. */
  readonly contextSteps: Map<string, number>;
  /** Properties of `globalThis`. */
  readonly globalObject: HeapObject;
  readonly subclasses: Map<ClassRef, ClassRef[]>;
  /** Classes by the interface that they implement, once somebody asked. */
  implementers: Map<TypeRef, ClassRef[]> | undefined;
  readonly classFields: Map<ClassRef, HeapObject>;
  readonly symbolNames: Map<string, string>;
  /** Names of lengths that are those of tables: what was read without a bound. */
  readonly longSizes: Set<string>;
  /** The last round: what is read before it is complete is not read again, and nobody has to be told. */
  isLast: boolean;
  /** Summaries in progress, outermost first. */
  readonly stack: Summary[];
  nextId: number;
  steps: number;
  /** So many steps functions are told apart by what they are called with; from there on each is known in general only. */
  readonly budget: number;
}

/** What could not be followed, said once. */
export function fail(world: World, file: string, code: ErrorCode, message: string): void {
  if (!world.failures.some((one) => one.file === file && one.message === message)) world.failures.push({ file, code, message });
}

/** Functions that call each other in exponentially many ways would never end. */
export function isExhausted(world: World): boolean {
  return world.steps > world.budget;
}
