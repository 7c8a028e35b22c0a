/** Interpreting a whole project: modules, then everything that the outside world may start, then what is left. */
import type { Facts } from "../../model/facts.ts";
import type { ExportSpec, FileConvention, Library } from "../../model/library.ts";
import type { Project } from "../../model/project.ts";
import { basesOf, classRefOf } from "./classes.ts";
import { describe } from "./descriptions.ts";
import { runModule } from "./modules.ts";
import { runAll, forgetStale, tellNobody } from "./runs.ts";
import type { Resolved, Unit } from "./unit.ts";
import { createUnit } from "./unit.ts";
import type { SqlFacts, World } from "./world.ts";

export interface InterpretInput {
  readonly facts: readonly Facts[];
  readonly libraries: ReadonlyMap<string, Library>;
  /** Names that need no import. */
  readonly globals: Library | undefined;
  readonly resolve: (
    file: string,
    specifier: string,
  ) =>
    | { readonly kind: "file"; readonly path: string }
    | { readonly kind: "package"; readonly name: string; readonly path: string }
    | { readonly kind: "folder"; readonly path: string }
    | { readonly kind: "unknown" };
  readonly resolvePattern: (file: string, prefix: string, suffix: string) => readonly string[];
  /** Path of the template that a file asks for by name. */
  readonly templates?: (name: string, from: string) => string | undefined;
  /** Reads what a library says of itself. */
  readonly lower?: (file: string, text: string) => Facts;
  readonly sql: (text: string) => SqlFacts | undefined;
  readonly packageDir: (file: string) => string;
  /** Names of packages that the manifests above a folder depend on. */
  readonly dependencies: (packageDir: string) => ReadonlySet<string>;
  /** Further entries that the settings name: `file.ts` or `file.ts#function`. */
  readonly entryPoints: readonly string[];
  /** The file belongs to something that other people's programs call. */
  readonly published?: (file: string) => boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

/** After the first. */
const rounds = 2;

export function interpretProject(input: InterpretInput): Project {
  const world = createWorld(input);
  for (const unit of world.units)
    for (const facts of unit.facts.classes) if (facts.parent === 0) classRefOf(world, unit, facts.id, unit.env);
  for (const unit of world.units) runModule(world, unit);
  for (const unit of world.units) for (const ref of unit.classes.values()) basesOf(world, ref);
  let roots = runAll(world, input);
  for (let round = 0; round < rounds && forgetStale(world); round++) {
    if (round === rounds - 1) tellNobody(world);
    roots = runAll(world, input);
  }
  return describe(world, roots, input.published);
}

function emptyPackage(path: string): Facts {
  return {
    file: path === "" ? "__init__.py" : `${path}/__init__.py`,
    language: "python",
    lines: [0],
    bindings: [],
    functions: [],
    classes: [],
    types: [],
    exports: [],
    imports: [],
    allows: [],
    commonjs: false,
    directives: [],
  };
}

function createWorld(input: InterpretInput): World {
  const units = input.facts.map((facts, index) => createUnit(index, facts, input.packageDir(facts.file)));
  const unitOf = new Map(units.map((unit) => [unit.facts.file, unit]));
  const globals = new Map<string, { library: Library; spec: ExportSpec }>();
  if (input.globals !== undefined)
    for (const [name, spec] of Object.entries(input.globals.exports)) globals.set(name, { library: input.globals, spec });
  const python = input.libraries.get("python:global");
  if (python !== undefined)
    for (const [name, spec] of Object.entries(python.exports)) globals.set(`python:${name}`, { library: python, spec });
  let others = 0;
  const namespaces = new Map<string, Unit>();
  /** A package of Python without a body of its own. */
  const namespaceAt = (path: string): Unit => {
    let unit = namespaces.get(path);
    if (unit === undefined) namespaces.set(path, (unit = createUnit(units.length + others++, emptyPackage(path), "")));
    return unit;
  };
  const told = new Map<string, Unit>();
  const written = ({ id, written: text }: Library): Unit | undefined => {
    if (text === undefined || input.lower === undefined) return undefined;
    let unit = told.get(text);
    if (unit === undefined) told.set(text, (unit = createUnit(units.length + others++, input.lower(`<${id}>.py`, text), "", text)));
    return unit;
  };
  const conventions = new Map<string, { spec: FileConvention; library: Library }[]>();
  const all = [...new Set(input.libraries.values())].flatMap((library) => (library.files ?? []).map((spec) => ({ spec, library })));
  return {
    units,
    unitOf,
    libraries: input.libraries,
    globals,
    resolve: (unit, specifier): Resolved => {
      const found = input.resolve(unit.facts.file, specifier);
      if (found.kind === "package") return found;
      if (found.kind === "folder") return { kind: "unit", unit: namespaceAt(found.path) };
      const target = found.kind === "file" ? unitOf.get(found.path) : undefined;
      return target === undefined ? { kind: "unknown" } : { kind: "unit", unit: target };
    },
    written,
    resolvePattern: (unit, prefix, suffix) =>
      input.resolvePattern(unit.facts.file, prefix, suffix).flatMap((path) => unitOf.get(path) ?? []),
    sql: input.sql,
    templateAt: (name, from) => {
      const path = input.templates?.(name, from);
      return path === undefined ? undefined : unitOf.get(path);
    },
    conventionsOf: (unit) => {
      let list = conventions.get(unit.packageDir);
      if (list === undefined) {
        const names = input.dependencies(unit.packageDir);
        const seen = new Set<FileConvention>();
        list = all.filter(({ spec }) => !seen.has(spec) && (seen.add(spec), spec.packages.some((name) => names.has(name))));
        conventions.set(unit.packageDir, list);
      }
      const path = unit.packageDir === "" ? unit.facts.file : unit.facts.file.slice(unit.packageDir.length + 1);
      return list.map((one) => ({ ...one, path }));
    },
    summaries: new Map(),
    previous: new Map(),
    operations: new Map(),
    registrations: [],
    registered: new Map(),
    lastStatements: new Map(),
    failures: [],
    contexts: new Map(),
    busy: new Set(),
    transacted: new Set(),
    endless: new Map(),
    dispatched: new Map(),
    contextSteps: new Map(),
    globalObject: { id: 0, props: new Map(), rest: undefined, persistent: true, literal: false, readers: undefined },
    subclasses: new Map(),
    implementers: undefined,
    classFields: new Map(),
    symbolNames: new Map(),
    longSizes: new Set(),
    isLast: false,
    stack: [],
    nextId: 1,
    steps: 0,
    budget: 80_000 + 600 * input.facts.reduce((sum, one) => sum + one.functions.length, 0),
  };
}
