/** What a statement loads and the code around it never reads. */
import type { RowReading } from "../../model/row-reading.ts";
import type { Operation, Project } from "../../model/project.ts";
import type { Column, Table } from "../../model/schema.ts";
import { columnOf, tablesOf } from "../schema/asked.ts";
import { choiceOf, countOf, narrowOf } from "./choices.ts";
import { isHeavy } from "./heavy-columns.ts";

export interface Waste {
  /** After the name of the statement. */
  readonly message: string;
  readonly advice: string;
  readonly doubts: readonly string[];
}

export function wasteOf(project: Project, operation: Operation, reading: RowReading): Waste | undefined {
  return (
    countedMember(operation, reading) ??
    pickedMember(project, operation, reading) ??
    unreadRelation(project, operation, reading) ??
    unreadScope(project, operation, reading) ??
    unreadColumns(project, operation, reading)
  );
}

/** Rows of documents hold lists; relations that are named are lists of rows. */
const documents: ReadonlySet<string> = new Set(["mongodb", "mongoose", "pymongo", "motor"]);

/** A list is loaded with each row, and only its length is wanted. */
function countedMember(operation: Operation, { members }: RowReading): Waste | undefined {
  for (const [name, uses] of members) {
    if (uses.size === 0 || [...uses].some((use) => use !== "length" && use !== "counted")) continue;
    const included = operation.includes?.includes(name) === true;
    // The length of a text that is the only thing read of a document says the same: the server can tell it.
    if (!included && !(documents.has(operation.library) && members.size === 1 && uses.has("length"))) continue;
    return {
      message: `loads all of \`${name}\` to count ${uses.has("counted") ? "some of them" : "them"} in the code: each is read, sent and made an object for a number.`,
      advice: included
        ? `Count in the database, with ${countOf(operation, name)}.`
        : `Let the server count, with \`{ $project: { count: { $size: "$${name}" } } }\` in an aggregate.`,
      doubts: [],
    };
  }
  return undefined;
}

/** Of a relation that is loaded whole the code only takes the first row, or those that the database could choose. */
function pickedMember(project: Project, operation: Operation, { members, picks, whole }: RowReading): Waste | undefined {
  if (!choosesRelated.has(operation.library)) return undefined;
  for (const [name, uses] of members) {
    if (!whole.has(name) || !isList(project, operation, name)) continue;
    const first = uses.has("first") && [...uses].every((use) => use === "first" || use === "emptiness");
    // Two choices may take all of the rows between them, and each row may be looked for once. How many there are can be asked for beside.
    const picked = [...uses].every((use) => use !== "value" && use !== "first") && picks.get(name)?.size === 1 && uses.has("picked");
    if (!first && !picked) continue;
    return {
      message: first
        ? `loads all of \`${name}\`, and the code only looks at the first of them.`
        : `loads all of \`${name}\` and the code picks from them by what the database could choose by: the others are read, sent and made objects to be thrown away.`,
      advice: `Say in the query which are wanted, with ${narrowOf(operation, name, first)}.`,
      doubts: [],
    };
  }
  return undefined;
}

/** Their queries can say which related rows come with a row. */
const choosesRelated: ReadonlySet<string> = new Set(["prisma", "drizzle", "sequelize"]);

function isList(project: Project, operation: Operation, name: string): boolean {
  const [only, ...others] = tablesOf(project, operation);
  return others.length === 0 && only?.table.relations.find((one) => one.name === name)?.kind === "many";
}

/** These load a named relation for its rows only: no row is left out for want of one. */
const onlyLoads: ReadonlySet<string> = new Set(["prisma", "mongoose"]);

/** These join what is named, so that the text of the statement decides whether it is for its rows only. */
const joining: ReadonlySet<string> = new Set(["sequelize", "typeorm", "drizzle"]);

function unreadRelation(project: Project, operation: Operation, { members, loaded }: RowReading): Waste | undefined {
  const { library, includes = [], chooses } = operation;
  if (members.size === 0 || (!onlyLoads.has(library) && !joining.has(library))) return undefined;
  // Among what is chosen by name are columns too.
  const relations =
    onlyLoads.has(library) && chooses !== true
      ? includes
      : includes.filter((name) => loaded.has(name) && isRelation(project, operation, name));
  const unread = relations.filter((name) => /^\w+$/.test(name) && name !== "_count" && !members.has(name));
  if (unread.length === 0) return undefined;
  const names = unread.map((name) => `\`${name}\``).join(" and ");
  return {
    message: `loads ${names} with the rows, by a ${onlyLoads.has(library) ? "statement" : "join"} more, and the code never reads ${unread.length === 1 ? "it" : "them"}.`,
    advice: `Leave ${names} out of the query.`,
    doubts: [],
  };
}

function isRelation(project: Project, operation: Operation, name: string): boolean {
  const [only, ...others] = tablesOf(project, operation);
  return others.length === 0 && only?.table.relations.some((one) => one.name === name) === true;
}

const scoped: ReadonlySet<string> = new Set(["findAll", "findOne", "findByPk", "findAndCountAll"]);

/** What the model joins to its rows by itself, each with a join more, where the code asks for something else. */
function unreadScope(project: Project, operation: Operation, { members, plain }: RowReading): Waste | undefined {
  const { library, table, spec, givenBy, method } = operation;
  if (library !== "sequelize" || !plain || givenBy !== undefined || !scoped.has(method) || members.size === 0) return undefined;
  const named = new Set(tablesOf(project, operation).flatMap((one) => one.table.models));
  const scopes = project.locals.defaultScopes.filter(({ model }) => model === table || named.has(model));
  // Several models may stand for one table: what all of them join is joined.
  const joins = (scopes[0]?.joins ?? []).filter((name) => scopes.every((one) => one.joins.includes(name)));
  if (joins.length === 0 || joins.some((name) => members.has(name))) return undefined;
  const names = joins.map((name) => `\`${name}\``).join(" and ");
  const few = spec.list === true ? operation.limited : !isRepeated(project, operation);
  return {
    message: `joins ${names} to each row, as the default scope of the model says, and the code never reads ${joins.length === 1 ? "it" : "them"}.`,
    advice: "Ask the model without its scope, `unscoped()`, and repeat those of its conditions that are needed.",
    doubts: few ? ["few rows are asked for, and joining by a key costs little for each"] : [],
  };
}

/** So few columns are read that naming them is worth it. */
const fewest = 6;

function unreadColumns(project: Project, operation: Operation, reading: RowReading): Waste | undefined {
  const { library, sql, chooses, spec } = operation;
  if (chooses === true || spec.values === true || spec.instance === true) return undefined;
  if (sql !== undefined && !wholeRows.test(sql)) return undefined;
  const [only, ...others] = tablesOf(project, operation);
  if (only === undefined || others.length > 0 || only.table.partial !== undefined) return undefined;
  const read = columnsRead(only.table, operation, reading);
  if (read === undefined || read.length > fewest) return undefined;
  const unread = only.table.columns.filter((column) => !read.includes(column));
  const heavy = unread.filter((column) => isHeavy(column, library));
  if (heavy.length === 0) return undefined;
  return {
    message: `loads all ${String(only.table.columns.length)} columns, among them ${heavy.slice(0, 3).map(described).join(", ")}, and the code ${readWords(read, reading)}.`,
    advice: `Ask for what is read, with ${choiceOf(operation, read.map(nameOf))}.`,
    doubts: doubts(project, only.table, operation, read, reading),
  };
}

function doubts(
  project: Project,
  { primaryKey, columns }: Table,
  operation: Operation,
  read: readonly Column[],
  { compared, counts }: RowReading,
): string[] {
  // Which row it is needs no column but the key, however short the others are; and how many there are needs none.
  if (compared && read.every(({ name }) => primaryKey.includes(name))) return [];
  if (counts && read.length === 0 && operation.spec.list === true && !operation.limited) return [];
  const heavy = columns.filter((column) => isHeavy(column, operation.library));
  const long = heavy.length > 1 || isWide(operation, columns.length, read.length);
  if (!long || read.some((column) => heavy.includes(column))) return ["how long these columns are is not known"];
  if (operation.spec.list === true) return operation.limited ? ["it is a page of rows, and how long these columns are is not known"] : [];
  return isRepeated(project, operation) ? [] : ["it is one row, and how long these columns are is not known"];
}

/** Of each row of a list so many columns are made values for nothing that it does not depend on one of them alone. */
function isWide({ spec, limited }: Operation, columns: number, read: number): boolean {
  return spec.list === true && !limited && columns - read >= 8 && read * 4 <= columns;
}

/** A loop asks for one after the other. */
function isRepeated(project: Project, { place }: Operation): boolean {
  let places = repeated.get(project);
  if (places === undefined) {
    places = new Set(
      project.looped.flatMap(({ operation, site, relation, conditional, loop }) =>
        relation === "element" && loop.size.max === undefined && !conditional
          ? [`${site.file}:${String(site.at)}`, `${operation.place.file}:${String(operation.place.at)}`]
          : [],
      ),
    );
    repeated.set(project, places);
  }
  return places.has(`${place.file}:${String(place.at)}`);
}

const repeated = new WeakMap<Project, ReadonlySet<string>>();

const wholeRows = /^\s*select\s+\*\s+from\s+[\w."`]+(\s+(where|order|limit|offset|for)\b|\s*;?\s*$)/i;

/** The columns that are read; undefined when something is read that is no column: it may need any of them. */
function columnsRead(table: Table, { includes = [] }: Operation, { members }: RowReading): readonly Column[] | undefined {
  const out = new Set<Column>();
  for (const name of members.keys()) {
    if (includes.includes(name) || name === "_count") continue;
    const column = columnOf(table, name);
    if (column === undefined) return undefined;
    out.add(column);
  }
  return [...out];
}

function nameOf({ name, property }: Column): string {
  return property ?? name;
}

function described(column: Column): string {
  return `\`${nameOf(column)}\` (${column.type})`;
}

function readWords(read: readonly Column[], { counts, compared, members }: RowReading): string {
  if (read.length === 0 && members.size > 0) return "reads none of them, only what is loaded with the rows";
  if (read.length > 0) return `reads only ${read.map((column) => `\`${nameOf(column)}\``).join(", ")}`;
  if (compared) return "only asks which row it is";
  return counts ? "only counts the rows" : "only asks whether there is one";
}
