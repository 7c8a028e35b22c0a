/**
 * The vocabulary in which data layers, frameworks and platform modules are declared: data, no code that looks at syntax.
 *
 * A library says what its exports are, what each of its types answers, which calls have effects, which callbacks
 * run when, and how requests enter. The interpreter follows values through these tables; a receiver counts only
 * when a value really came from the library (import, constructor, annotation, inheritance), never by a method's name.
 */
import type { Checks } from "./checks.ts";
import type { ConnectionSettings } from "./connection-settings.ts";
import type { EffectSpec, Where } from "./effect.ts";
import type { CallbackSpec } from "./callback.ts";
import type { EntrySpec } from "./entry.ts";
import type { ExportSpec } from "./export.ts";
import type { LendsSpec } from "./lends.ts";
import type { NamedFiles } from "./named-files.ts";
import type { PoolSpec } from "./pools.ts";
import type { DecoratorSpec } from "./decorator.ts";
import type { FileConvention } from "./file-convention.ts";
import type { RegisterSpec } from "./register.ts";
import type { FieldSpec, LoadsSpec, ModelsSpec, RowsSpec } from "./models.ts";
import type { ReceiverSpec } from "./receiver.ts";
import type { SerializerSpec, Shows } from "./serializer.ts";
import type { RouteTableSpec } from "./route-table.ts";

export type { CallbackSpec } from "./callback.ts";
export type { EntrySpec } from "./entry.ts";
export type { ExportSpec } from "./export.ts";
export type { DecoratorSpec } from "./decorator.ts";
export type { FileConvention } from "./file-convention.ts";
export type { RegisterSpec } from "./register.ts";

export interface Library {
  /** File name: "prisma". */
  readonly id: string;
  /** Package names as imported ("pg", "@prisma/client", "node:fs"; builtins always with the `node:` prefix), or "global" for names that need no import. */
  readonly packages: readonly string[];
  /** The language whose programs import it; absent: JavaScript. A table of one language never answers for another. */
  readonly language?: "python";
  /**
   * What each export is. Keys are export names; "default" also answers `require(package)` and namespace calls;
   * "subpath:promises" style keys are not used: list a subpath as its own package ("mysql2/promise").
   * A property of the default export that its type does not list is the named export (`pg.Pool`, `Sequelize.Model`).
   * A dotted key is a type inside an exported namespace ("Prisma.TransactionClient").
   */
  readonly exports: Readonly<Record<string, ExportSpec>>;
  readonly types: Readonly<Record<string, TypeSpec>>;
  readonly decorators?: Readonly<Record<string, DecoratorSpec>>;
  readonly files?: readonly FileConvention[];
  /** What files make known everywhere, by their names and without an import, in packages whose files the library knows (`files`). */
  readonly named?: NamedFiles;
  /** Modules hold tables of routes, which name each other and are named by settings. */
  readonly routeTable?: RouteTableSpec;
  /**
   * What its classes and functions do, told in a few lines of its own language: interpreted as the project's code is, with the project's
   * class as `self`. Each name that it declares is an export; its places are shown as places of that class, or of the call that led there.
   */
  readonly written?: string;
  /** A path inside the package names an export (`lodash/map`). */
  readonly subpaths?: boolean;
  /** A class of this name, in a module that imports the library, is told to its workers: attributes that hold lists of jobs. */
  readonly workerClass?: { readonly name: string; readonly jobs: Readonly<Record<string, "job" | "schedule">> };
  /** How something of unknown origin is known by what it is called with. */
  readonly receivers?: readonly ReceiverSpec[];
  /** The framework runs each asynchronous handler in an event loop of its own: nobody else waits in it. */
  readonly ownLoop?: boolean;
  /** Where settings say how long connections are kept. */
  readonly connections?: ConnectionSettings;
  /** SQL dialect that the data layer speaks, when fixed. */
  readonly dialect?: "postgresql" | "mysql" | "sqlite";
  /** Project classes that extend a type of this library are tables with relations. */
  readonly models?: ModelsSpec;
}

export interface TypeSpec {
  /** Members are looked up here when not found in `members`. */
  readonly extends?: string;
  /** `x(...)`, and `` x`...` `` */
  readonly call?: MethodSpec;
  /** `new X(...)` on a value of this type; on an exported class: its constructor's effect. */
  readonly construct?: MethodSpec;
  /**
   * By name; a key that ends in "*" is a prefix ("get*"), the longest wins; the star stands for what starts with
   * a capital ("getPosts", not "get" nor "getter"). A string is the type of a property.
   */
  readonly members?: Readonly<Record<string, MethodSpec | string>>;
  /** Members that are plain values, the same wherever the program runs for its users. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** Every member that is not listed: a method, or a property whose type is named. */
  readonly any?: MethodSpec | string;
  /** Every member is a constant: this and its name. */
  readonly constants?: string;
  /** The unlisted property's name becomes the table of its value (`prisma.user`). */
  readonly anyNamesTable?: boolean;
  /** Class attributes that are made by this type are fields of the table. */
  readonly field?: FieldSpec;
  /** What an instance of this type, given to a call with `eager`, loads: a path, the query that does it, and another name for the result. */
  readonly loads?: LoadsSpec;
  /** Given to a column, the table that it refers to stands here, in the call that made it ("users.id"). */
  readonly references?: Where;
  /** What is turned into an instance of a class that extends it is read field by field. */
  readonly shows?: true;
  /** A project class that extends it can be iterated, and gives the fields that it declares. */
  readonly enumerates?: true;
  /** Holds rows, or says what to load with them: it knows of their model and state what the receiver knew. */
  readonly holds?: "rows" | "row" | "paths";
  /** A value of this type is the name of the model whose rows are the program's accounts. */
  readonly names?: "user";
  /** A builder that does nothing until it is awaited, returned from an async function or run by a member with `runs`. */
  readonly lazy?: EffectSpec;
  /** The lazy builder is no promise: awaiting or returning it does nothing, only a member with `runs`, or iterating it, runs it. */
  readonly inert?: boolean;
  /** What the lazy builder answers when it is awaited, or run by a member without `returns`; absent: rows when its pending effect has `list`, value when it has `count`, else row. */
  readonly gives?: ResultSpec;
  /** What iterating it gives (`for await (const row of cursor)`). */
  readonly element?: ResultSpec;
  /** Calls on it do nothing but add to `lazy`, which a member with `runs` sends at once (pipelines, bulk builders). */
  readonly collects?: boolean;
  /** Given to a call that `hears`, it says this of the pending effect (`select(func.count())`). */
  readonly says?: Partial<EffectSpec>;
  /** As a parameter's default or note, or in `before` of a registration: what stands here, in the call that made it, is called for each request (`Depends(session)`). */
  readonly depends?: Where;
  /** Classes that extend a value of this type are statically this type; their instances are of the type named here (`Base = declarative_base()`). */
  readonly instances?: string;
  /** What a declared field of a class with this static side is when it is read on the class (`User.name` in a filter). */
  readonly fields?: string;
  /** Project classes of this type show things field by field; a type that is declared as such a field. */
  readonly serializer?: SerializerSpec;
  readonly reads?: Shows;
  /** Its elements come by the clock: a loop over them waits on purpose. */
  readonly paced?: boolean;
  /** What a file holds, or a part of it. */
  readonly contents?: boolean;
  /** What the settings of the program say: lists there are as long as whoever installed it made them. */
  readonly settles?: "settings";
  /** Only a chosen number of those who entered it, or acquired it, are inside at once. */
  readonly limits?: boolean;
  /** One connection: what is sent on it runs one after the other, however it is awaited. */
  readonly serial?: boolean;
  /** The attribute of a project class of this type that holds the prefix of its routes. */
  readonly prefix?: string;
  /** Methods that the framework calls on project classes which extend or implement this type (`WorkerHost.process`); a class decorator's `path` names them. */
  readonly entries?: Readonly<Record<string, EntrySpec>>;
}

export interface MethodSpec {
  /** What the call does at once. For a lazy type: see `sets` and `runs`. */
  readonly effect?: EffectSpec;
  /** Further effects of the same call, after `effect` (`findAndCountAll`: rows, then their number). */
  readonly also?: readonly EffectSpec[];
  /**
   * Changes the pending effect of a lazy receiver, or of the lazy value that `returns` names; the call returns the same builder
   * unless `returns` says otherwise. Places are read in the arguments of this call; lists of places add to earlier ones.
   * A builder that becomes another lazy type keeps its table and what was set. With `runs`, `sets` comes first.
   */
  readonly sets?: Partial<EffectSpec> & { readonly limited?: boolean };
  /** Runs the pending effect of a lazy or collecting receiver, or of the builder that stands there (`session.execute(statement)`); without one, `effect`. */
  readonly runs?: boolean | Where;
  /** Arguments whose type `says` something of the pending effect are heard. */
  readonly hears?: boolean;
  /** The value there is turned into the receiver's class: its fields are read. */
  readonly shows?: Where;
  /** What is `pending` is sent now. */
  readonly flushes?: boolean;
  /** Asks the class, manager or query that stands there by one of its methods (`get_object_or_404(Book, pk=1)`). */
  readonly asks?: { readonly of: Where; readonly by: string };
  /** How it changes what is known of the rows of the query that it is called on. */
  readonly rows?: RowsSpec;
  readonly returns?: ResultSpec;
  /** A class of the project that has its own method of this name does the call by it, with the name of this one in capitals before the arguments. */
  readonly through?: string;
  /** What it returns is read from the last statement that the receiver ran (`cursor.execute(…)`, then `cursor.fetchall()`). */
  readonly fetches?: boolean;
  /** What it returns when none of its `callbacks` is given (`sequelize.transaction()`). */
  readonly otherwise?: ResultSpec;
  /** The result is a promise of `returns`. */
  readonly promise?: boolean;
  readonly callbacks?: readonly CallbackSpec[];
  readonly registers?: RegisterSpec;
  /** Adds a member to the receiver: `app.decorate(name, value)`. */
  readonly defines?: { readonly name: Where; readonly value: Where };
  /** It is a call on a schema, or makes one. */
  readonly checks?: Checks;
  /** Gives the member that was added under the name which stands there. */
  readonly defined?: Where;
  /** The value carries this table from here on (`knex("users")`, `sequelize.define("user")`, `getRepository(User)`). */
  readonly table?: Where;
  /** Copies argument properties onto the receiver or result as members: `sequelize.define` + classMethods; rarely used. */
  readonly copies?: Where;
  /** Loads the module that the argument names and calls its default export with the receiver (`sequelize.import`). */
  readonly imports?: Where;
  /** What stands in the place of the function that the call decorates: the function with members of this type (`task.delay()`). */
  readonly becomes?: string;
  /** It is read and not called. */
  readonly property?: boolean;
  /** Shows what the receiver, a serializer, was made for; or its argument. */
  readonly represents?: "made" | "argument";
  /** Of each row of its second argument, a list, shows what columns name that the class of its first argument declares. */
  readonly columns?: true;
  /** What Django calls after the model of the rows there: a variable (`book_list`), or the file of a template (`shop/book_list.html`). */
  readonly names?: { readonly rows: Where; readonly suffix: Where; readonly as: "variable" | "template" };
  /** The value of this setting's key. */
  readonly setting?: true;
  /** What it does is told by the function of that name in the library's `written`, called with what stands at these places; kept: the receiver asks once and remembers. */
  readonly told?: { readonly by: string; readonly args: readonly Where[]; readonly kept?: true };
  /** Says what is wrong with what was sent: a loop that does so in each round goes over what was refused. */
  readonly rejects?: true;
  /** Holds the functions that it is given; whoever gets what it returns runs them. */
  readonly holds?: boolean;
  /** A limiter: how many callbacks run at once; a number, or where the number stands. "all" = no limit. */
  readonly concurrency?: "one" | "all" | "limited" | Where;
  /** The call wraps its function argument: the result behaves like that argument (promisify, memoize, asyncHandler). */
  readonly wraps?: number;
  /** Puts its functions one after the other: "pipe" begins with the first of them, "compose" with the last. */
  readonly chains?: "pipe" | "compose";
  /** What calling such a chain does: its first argument holds the functions. */
  readonly chained?: true;
  /** As `wraps`, but calls with the same key are answered from memory: as long as the process runs, or within one request (React cache). */
  readonly memoizes?: boolean | "request";
  /** With `wraps`: the wrapped function runs in another thread, and its call gives a promise of what it gives. */
  readonly threaded?: boolean;
  /** Starts the work that the argument is; it goes on by itself, and what the call gives is all that holds on to it (`asyncio.create_task`). */
  readonly starts?: boolean;
  /** What it returns belongs to a pool, unless one of its `callbacks` is given. */
  readonly lends?: LendsSpec;
  /** It makes a pool of connections. */
  readonly pools?: PoolSpec;
  /** From here on the process waits for requests. */
  readonly listens?: true;
  /** The receiver is held from here on, or no longer. */
  readonly holding?: "begins" | "ends";
  /** Waits for all promises among the arguments together (`asyncio.gather`). */
  readonly joins?: boolean;
  /** With `wraps`: the wrapped function runs inside a database transaction. */
  readonly transactional?: boolean;
  /** A loader: the function that stands here, in the call that made the receiver, gets the keys of all calls of one tick together. */
  readonly gathers?: Where;
  /** Goes through the list or query that stands there. */
  readonly iterates?: Where;
  /** Puts out the template whose name stands there, with the context that stands there, or that the named arguments are; of several places the one that holds such a thing. */
  readonly renders?: { readonly template: Where | readonly Where[]; readonly context: Where | readonly Where[] | "keywords" };
  /**
   * Makes the function that is given, or that stands below the decorator, a tag or filter of templates, a name that every template has (`global`),
   * or one whose result is part of every template's context; `template`: what its result is the context of.
   */
  readonly tags?: {
    readonly kind: "filter" | "tag" | "inclusion" | "global" | "context";
    readonly name?: Where;
    readonly template?: Where;
    readonly takesContext?: Where;
  };
  /** Serves the body from a store most times: the callback of this call runs once for many calls (unstable_cache, cache.wrap). */
  readonly caches?: boolean;
  /** Always true when not blocked: the call ends the process or never returns. */
  readonly ends?: boolean;
  /** Declares a relation of the receiver's model: `User.hasMany(Post, { as: "posts" })`. */
  readonly relates?: { readonly kind: "one" | "many"; readonly to: Where; readonly as?: Where };
  /** When something stands here, the receiver's (or result's) model has code that runs for each row that is written. */
  readonly hooks?: Where;
}

/**
 * rows: a list of rows; row: one row or null; value: a scalar or plain data; same: the receiver; void.
 * element/list refer to the list that a call iterates (array methods of helper libraries).
 * { type } is an instance of one of the library's types; `table: "receiver"` keeps the receiver's table, `list` makes it an array of them.
 * { argument } is that argument's value. { result } is an object with properties of such results (pg: `{ rows }`).
 * { instanceOf } is an instance of the class which that argument is (containers: `moduleRef.get(OrderService)`).
 */
export type ResultSpec =
  | "rows"
  | "row"
  | "value"
  | "same"
  /** As "same", with conditions that cannot be seen. */
  | "narrowed"
  | "void"
  | "callback"
  | "list-of-callback"
  | { readonly type: string; readonly list?: boolean; readonly table?: "receiver" | Where }
  | { readonly argument: number }
  /** The class of the project that a name chooses: its table is asked by what the class declares. Two places: label and name. "user": the accounts' class. */
  | { readonly model: Where | "user"; readonly name?: Where }
  /** All arguments put together (`merge(a, b)`). */
  | { readonly merged: true }
  /** A list of pieces of that argument (`chunk(list, 10)`). */
  | { readonly chunksOf: number }
  | { readonly instanceOf: number | Where | "receiver"; readonly otherwise?: ResultSpec }
  | { readonly properties: Readonly<Record<string, ResultSpec>> }
  | { readonly tuple: readonly ResultSpec[] };

/** Declares a library; only checks the type. */
export function library(spec: Library): Library {
  return spec;
}
