import type { Entry, LoopedOperation, Project, ReachedOperation, Through } from "../../model/project.ts";
import type { Found } from "../../model/rule.ts";
import { rule } from "../../model/rule.ts";
import { curesOf } from "../gates/data-layers.ts";
import { coldReason, guessReason } from "../gates/hot.ts";
import type { RelationReads } from "../gates/relations.ts";
import {
  accessPlaces,
  askedInRounds,
  byQuery,
  eagerAdvice,
  fewReads,
  isReadForEach,
  isRelationRead,
  ownRow,
  pathWords,
} from "../gates/relations.ts";
import { fewQueries, settledReason } from "../gates/repetition.ts";
import { isEmbedded, reachedName } from "../gates/statements.ts";
import { listName, pageOr, reasonOf } from "../gates/words.ts";

/** Who asks, in words. */
const askers: Readonly<Record<Through, string>> = {
  serializer: "the serializer",
  template: "the template",
  text: "the text of each row",
  property: "a property of each row",
  resolver: "the resolver of a field",
};

export default rule({
  id: "db/n-plus-one-serializer",
  title: "a query for each row that is written out",
  needs: ["facts", "schema"],
  provedBy: "one statement shape under the serialisation, the template or the field, once for each row of the list",
  confirmedBy: ["n+1"],
  tier: "likely",
  check(project, report) {
    const wanted = project.looped.filter(isRaisedBelow);
    const asked = askedInRounds(project);
    for (const reads of byQuery(wanted)) report(found(project, reads, asked));
    for (const reached of readsOfItems(project)) report(perItem(reached));
  },
});

/** A query of its own that a property asks stays where it is asked, with what the row that it gives leads to: eager loading does not spare it. */
function isRaisedBelow(looped: LoopedOperation): boolean {
  const { through, operation } = looped;
  if (through === undefined || !isReadForEach(looped)) return false;
  return isRelationRead(looped) || operation.spec.lazy === "query" || (through !== "property" && through !== "text");
}

function found(project: Project, reads: RelationReads, asked: ReadonlySet<string>): Found {
  const { first, all, built } = reads;
  const place = built ?? first.site;
  const relations = { ...reads, all: all.filter(isRelationRead) };
  const through = first.through ?? "serializer";
  const share = all.every((one) => one.partly) ? "some rows" : "each row";
  const model = first.loop.rows?.table;
  const of = model === undefined || model === "" ? "" : ` of \`${model}\``;
  const where = of === ` of ${listName(first)}` ? "" : ` in ${listName(first)}`;
  const group = groupOf(reads);
  const what =
    relations.all.length > 0
      ? `reads ${pathWords(relations)}, which the query does not load with the rows`
      : `asks ${reachedName(first.operation, first.path)}`;
  return {
    place,
    function: built === undefined ? first.function : place.function,
    message:
      group === undefined || relations.all.length === 0
        ? `${all.length === 1 ? "One query" : "Queries"} for ${share}${of}${where}: ${askers[through]} ${what.replace(/,$/, "")}, and the list ${pageOr(first)}.`
        : insideMessage(relations),
    advice:
      group !== undefined && relations.all.length > 0
        ? insideAdvice
        : relations.all.length > 0
          ? eagerAdvice(relations)
          : `Ask for all rows before they are written out, ${curesOf(first.operation).many}.`,
    effort: "S",
    path: built === undefined ? first.path : [],
    operation: first.operation,
    loop: first.loop,
    related: accessPlaces(reads),
    sometimes: all.every((one) => one.partly),
    ...(isEmbedded(first.operation) ? { atMost: "medium" as const } : {}),
    ...(group === undefined ? {} : { group }),
    ...reasonOf([
      ...fewReads(reads),
      ...fewQueries(first, all.length),
      ...settledReason(first.loop),
      ...ownRow(reads, asked),
      ...coldReason(project, first.function),
      ...guessReason(first),
      ...(first.carried ? ["what is read also depends on the round before"] : []),
    ]),
  };
}

/**
 * Lists inside of what is written out: where models say how a relation is loaded, one word there mends every answer that shows
 * it, and so does a shorter shape.
 */
function groupOf({ first }: RelationReads): string | undefined {
  const { rows, method, name } = first.loop;
  const inside = rows === undefined ? method === "response" && name !== "answer" : rows.spec.lazy !== undefined;
  return inside && first.through === "serializer" && first.operation.library === "sqlalchemy"
    ? `${rows?.table ?? name} in ${first.operation.library}`
    : undefined;
}

const insideAdvice =
  'Leave the relations out of the shape of the answer where nobody looks at them; say of those that stay how they are loaded, on the model (`lazy="selectin"`) or in the query of the answer.';

/** Rows in rows of the answer: what each of them reads, from where it stands. */
function insideMessage(reads: RelationReads): string {
  const { rows, name } = reads.first.loop;
  const list = rows?.relationPath ?? "";
  const paths = reads.paths.map((one) => (one.path.startsWith(`${list}.`) ? { ...one, path: one.path.slice(list.length + 1) } : one));
  const each = rows?.table === undefined || rows.table === "" ? `of \`${name}\`` : `\`${rows.table}\``;
  const relation = list.split(".").at(-1) ?? "";
  const held = relation === "" ? "" : ` (\`${relation}\` of other rows)`;
  return `Queries for each ${each} inside of an answer${held}: the serializer writes it out with ${pathWords({ ...reads, paths })}, which nothing loads with the rows.`;
}

interface ItemRead extends ReachedOperation {
  readonly entry: Entry;
}

/** Reads of functions that a framework calls once for each parent (GraphQL fields), each place once; those of loops in them are found there. */
function readsOfItems(project: Project): readonly ItemRead[] {
  const nearest = new Map<string, ItemRead>();
  for (const entry of project.entries) {
    if (!entry.perItem) continue;
    for (const reached of entry.operations) {
      const { operation, memoized } = reached;
      if (operation.kind !== "db-read" || memoized || operation.spec.batched === true || operation.spec.transaction !== undefined) continue;
      const key = `${entry.place.file}:${entry.place.at}`;
      const before = nearest.get(key);
      if (before === undefined || rankOfItem(reached) < rankOfItem(before)) nearest.set(key, { ...reached, entry });
    }
  }
  return [...nearest.values()];
}

function rankOfItem({ path, conditional }: ReachedOperation): number {
  return path.length + (conditional ? 100 : 0);
}

function perItem({ entry, operation, path, conditional }: ItemRead): Found {
  const place = path[0]?.place ?? operation.place;
  const parent = /^\w+ (\w+)\./.exec(entry.name)?.[1] ?? "parent";
  return {
    place,
    function: place.function,
    message: `One query for ${conditional ? "some of the parents" : "each parent"}: ${reachedName(operation, path)} runs again for every \`${parent}\` in the answer, because the field has its own function.`,
    advice: `Ask through a DataLoader made for the request: it gathers the keys of all parents into one query, ${curesOf(operation).many}.`,
    effort: "M",
    path,
    operation,
    related: [{ place: entry.place, role: "entry", note: entry.name }],
    ...(isEmbedded(operation) ? { atMost: "medium" as const } : {}),
    ...reasonOf(entry.listed === true ? [] : [`no field was seen that answers with a list of \`${parent}\``]),
  };
}
