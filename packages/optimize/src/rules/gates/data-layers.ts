/** One concrete cure for each data layer, in its own words. */
import type { Operation } from "../../model/project.ts";

export interface Cures {
  /** Reads one row for each of many keys. */
  readonly many: string;
  /** Counts all rows that match. */
  readonly count: string;
  /** Adds up a column of all rows that match. */
  readonly sum: string;
  /** Counts rows for each of many keys. */
  readonly counts: string;
  /** Writes many rows. */
  readonly bulk: string;
  /** Asks whether there is a row. */
  readonly exists: string;
  /** Reads a bounded number of rows. */
  readonly limit: string;
  /** Filters, sorts or picks in the database. */
  readonly narrow: string;
}

const sql: Cures = {
  sum: "`SELECT sum(column) …`",
  count: "`SELECT count(*) …`",
  many: "`WHERE key IN (…)` over all keys",
  counts: "`SELECT key, count(*) … WHERE key IN (…) GROUP BY key`",
  bulk: "one `INSERT` with many rows, or one `UPDATE`/`DELETE … WHERE key IN (…)`",
  exists: "`SELECT EXISTS (SELECT 1 …)`",
  limit: "`LIMIT` and a condition on the last key of the page before",
  narrow: "`WHERE`, `ORDER BY` and `LIMIT`",
};

const postgres: Cures = {
  ...sql,
  many: "`WHERE key = ANY($1)` with the array of all keys",
  bulk: "`INSERT … SELECT FROM unnest($1, $2)`, or `… WHERE key = ANY($1)`",
};

const mongo: Cures = {
  sum: '`aggregate([{ $match: filter }, { $group: { _id: null, sum: { $sum: "$column" } } }])`',
  count: "`countDocuments(filter)`",
  many: "`find({ key: { $in: keys } })`",
  counts: '`aggregate([{ $match: { key: { $in: keys } } }, { $group: { _id: "$key", count: { $sum: 1 } } }])`',
  bulk: "`insertMany`, `updateMany` with `$in`, or `bulkWrite`",
  exists: "`exists(filter)` or `findOne(filter, { _id: 1 })`",
  limit: "`.limit(n)` and a condition on the last `_id` of the page before",
  narrow: "the filter, `.sort()` and `.limit()`",
};

const pymongoCures: Cures = {
  ...mongo,
  many: '`find({"key": {"$in": keys}})`',
  bulk: "`insert_many`, `update_many` with `$in`, or `bulk_write`",
  count: "`count_documents(filter)`",
  exists: '`find_one(filter, {"_id": 1})`',
};

const builder: Cures = {
  sum: '`.sum("column")` on the same filter',
  count: "`.count()` on the same filter",
  many: '`whereIn("key", keys)`, or a join',
  counts: '`whereIn("key", keys).groupBy("key").count()`',
  bulk: '`insert(rows)`, or `whereIn("key", keys)` with `update`/`delete`',
  exists: '`.first("id")` on the same filter',
  limit: "`.limit(n)` and a condition on the last key of the page before",
  narrow: "`where`, `orderBy` and `limit`",
};

const cures: Readonly<Record<string, Cures>> = {
  prisma: {
    sum: "`aggregate({ where, _sum: { column: true } })`",
    count: "`count({ where })`",
    many: "`findMany({ where: { key: { in: keys } } })`, or `include`/`select` of the relation in the query that reads the list",
    bulk: "`createMany({ data })`, or `updateMany`/`deleteMany` with `where: { key: { in: keys } }`",
    counts:
      '`groupBy({ by: ["key"], where: { key: { in: keys } }, _count: true })`, or `_count` of the relation in the query that reads the list',
    exists: "`findFirst({ where, select: { id: true } })`",
    limit: "`take` with `cursor`",
    narrow: "`where`, `orderBy` and `take`",
  },
  sequelize: {
    sum: '`sum("column", { where })`',
    count: "`count({ where })`",
    many: "`include` of the association in the query that reads the list, or `findAll({ where: { key: { [Op.in]: keys } } })`",
    bulk: "`bulkCreate(rows)`, or `update`/`destroy` with `where: { key: { [Op.in]: keys } }`",
    counts: '`count({ where: { key: { [Op.in]: keys } }, group: ["key"] })`',
    exists: '`findOne({ where, attributes: ["id"] })`',
    limit: "`limit` and a condition on the last key of the page before",
    narrow: "`where`, `order` and `limit`",
  },
  typeorm: {
    sum: '`sum("column", where)`',
    count: "`count({ where })`",
    many: "`find({ where: { key: In(keys) } })`, or `relations` in the query that reads the list",
    bulk: "`insert(rows)`, or `update`/`delete` with `In(keys)`",
    counts: '`createQueryBuilder().select("key").addSelect("count(*)").where("key IN (:...keys)", { keys }).groupBy("key")`',
    exists: "`exists({ where })`",
    limit: "`take` and a condition on the last key of the page before",
    narrow: "`where`, `order` and `take`",
  },
  drizzle: {
    sum: "`select({ sum: sum(table.column) }).from(table).where(filter)`",
    count: "`db.$count(table, filter)`",
    many: "`inArray(table.key, keys)`, or `with` in the relational query that reads the list",
    bulk: "`insert(table).values(rows)`, or `where(inArray(table.key, keys))`",
    counts: "`select({ key: table.key, count: count() }).from(table).where(inArray(table.key, keys)).groupBy(table.key)`",
    exists: "`select({ id }) … .limit(1)`",
    limit: "`.limit(n)` and a condition on the last key of the page before",
    narrow: "`where`, `orderBy` and `limit`",
  },
  kysely: {
    sum: '`.select(fn.sum("column"))`',
    count: "`.select(fn.countAll())`",
    many: '`.where("key", "in", keys)`, or a join',
    bulk: '`insertInto(table).values(rows)`, or `.where("key", "in", keys)`',
    counts: '`.select(["key", fn.countAll()]).where("key", "in", keys).groupBy("key")`',
    exists: '`.select("id").limit(1).executeTakeFirst()`',
    limit: "`.limit(n)` and a condition on the last key of the page before",
    narrow: "`where`, `orderBy` and `limit`",
  },
  mongoose: { ...mongo, many: "`find({ key: { $in: keys } })`, or `populate` in the query that reads the list" },
  mongodb: { ...mongo, exists: "`findOne(filter, { projection: { _id: 1 } })`" },
  django: {
    sum: "`.aggregate(Sum(…))`",
    many: "`.filter(key__in=keys)` or `.in_bulk(keys)`, or `prefetch_related(Prefetch(…))` on the query that reads the list",
    bulk: "`bulk_create`, `bulk_update`, or `.filter(pk__in=keys)` with `.update()` or `.delete()`",
    count: "`.count()`",
    counts: "`.annotate(Count(…))` on the query that reads the list",
    exists: "`.exists()`",
    limit: "a slice `[:n]` with a condition on the last key of the page before, or `.iterator()`",
    narrow: "`.filter`, `.order_by` and a slice",
  },
  sqlalchemy: {
    sum: "`select(func.sum(Model.column))`",
    many: "`.where(Model.key.in_(keys))`, or `selectinload` of the relation in the query that reads the list",
    bulk: "`session.execute(insert(Model), rows)`, or one `update`/`delete` with `.where(Model.key.in_(keys))`",
    count: "`select(func.count()).select_from(Model)`",
    counts: "`select(Model.key, func.count()).where(Model.key.in_(keys)).group_by(Model.key)`",
    exists: "`select(Model.id).where(…).limit(1)`, or `exists()`",
    limit: "`.limit(n)` and a condition on the last key of the page before, or `yield_per`",
    narrow: "`where`, `order_by` and `limit`",
  },
  peewee: {
    sum: "`.select(fn.SUM(Model.column)).scalar()`",
    many: "`.where(Model.key << keys)`, or the relation's model in `select` and `join` of the query that reads the list",
    bulk: "`insert_many(rows)`, `bulk_update`, or one `update`/`delete` with `.where(Model.key << keys)`",
    count: "`.count()`",
    counts: "`select(Model.key, fn.COUNT(Model.id)).where(Model.key << keys).group_by(Model.key)`",
    exists: "`.exists()`",
    limit: "`.limit(n)` and a condition on the last key of the page before, or `.iterator()`",
    narrow: "`where`, `order_by` and `limit`",
  },
  tortoise: {
    sum: '`.annotate(sum=Sum("column")).values("sum")`',
    many: "`.filter(key__in=keys)`, or `prefetch_related` on the query that reads the list",
    bulk: "`bulk_create`, `bulk_update`, or `.filter(id__in=keys)` with `.update()` or `.delete()`",
    count: "`.count()`",
    counts: "`.annotate(count=Count(…))` on the query that reads the list",
    exists: "`.exists()`",
    limit: "`.limit(n)` and a condition on the last key of the page before",
    narrow: "`.filter`, `.order_by` and `.limit`",
  },
  mongoengine: {
    sum: '`.sum("column")`',
    many: "`.filter(id__in=keys)` or `.in_bulk(keys)`, or `.select_related()` on the query that reads the list",
    bulk: "`.insert(documents)`, or `.filter(id__in=keys)` with `.update()` or `.delete()`",
    count: "`.count()`",
    counts: mongo.counts,
    exists: '`.only("id").first()`',
    limit: "`.limit(n)` and a condition on the last `id` of the page before",
    narrow: "`.filter`, `.order_by` and `.limit`",
  },
  beanie: {
    ...pymongoCures,
    sum: "`.sum(Model.column)`",
    many: "`find(In(Model.id, keys))`",
    bulk: "`insert_many`, `find(In(Model.id, keys)).update(…)`, or a `BulkWriter`",
    count: "`.count()`",
    exists: "`find_one(filter)`",
    limit: "`.limit(n)` and a condition on the last `_id` of the page before",
    narrow: "`find(filter)`, `.sort()` and `.limit()`",
  },
  psycopg: postgres,
  asyncpg: postgres,
  pymongo: pymongoCures,
  motor: pymongoCures,
  knex: builder,
  objection: { ...builder, many: '`whereIn("key", keys)`, or `withGraphFetched` in the query that reads the list' },
  "mikro-orm": {
    sum: '`qb.select([raw("sum(column)")])` on the same filter',
    count: "`count(Entity, where)`",
    many: "`find(Entity, { key: { $in: keys } })`, or `populate` in the query that reads the list",
    bulk: "`insertMany`, or `nativeUpdate`/`nativeDelete` with `$in`",
    counts: '`qb.select(["key", raw("count(*)")]).where({ key: { $in: keys } }).groupBy("key")`',
    exists: '`findOne(Entity, where, { fields: ["id"] })`',
    limit: "`limit` and a condition on the last key of the page before",
    narrow: "the filter, `orderBy` and `limit`",
  },
  pg: postgres,
  postgres,
  "pg-promise": postgres,
  slonik: postgres,
  "serverless-postgres": postgres,
};

/** What to write instead, in the words of the operation's data layer. */
export function curesOf({ library, sql: text }: Operation): Cures {
  return text === undefined ? (cures[library] ?? sql) : library in cures && cures[library] === postgres ? postgres : sql;
}
