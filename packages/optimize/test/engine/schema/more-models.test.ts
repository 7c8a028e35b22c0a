import { describe, expect, it } from "vitest";
import { columnsOf, indexesOf, schemaOf, tableOf } from "./schemas-of.ts";

describe("TypeORM", () => {
  it("reads entities with what they extend, and migrations", async () => {
    const schema = await schemaOf({
      "src/base.ts": `import { PrimaryGeneratedColumn, CreateDateColumn } from "typeorm";
export abstract class Base { @PrimaryGeneratedColumn("uuid") id: string; @CreateDateColumn() createdAt: Date; }`,
      "src/book.ts": `import { Entity, Column, ManyToOne, JoinColumn, Index, Unique } from "typeorm";
import { Base } from "./base";
import { Author } from "./author";
@Entity("books")
@Index(["isbn", "sold"], { unique: true })
@Unique(["title"])
export class Book extends Base {
  @Column({ length: 20, name: "isbn_13" }) isbn: string;
  @Column({ default: false }) sold: boolean;
  @Index() @Column("varchar", { nullable: true }) title: string | null;
  @ManyToOne(() => Author, (author) => author.books, { onDelete: "CASCADE" }) @JoinColumn({ name: "author_id" }) author: Author;
}`,
      "src/author.ts": `import { Entity, OneToMany } from "typeorm";
import { Base } from "./base";
import { Book } from "./book";
@Entity() export class Author extends Base { @OneToMany(() => Book, (book) => book.author) books: Book[]; }`,
      "src/migrations/1-a.ts": `import { MigrationInterface, QueryRunner } from "typeorm";
export class A1 implements MigrationInterface {
  async up(queryRunner: QueryRunner) { await queryRunner.query(\`CREATE INDEX "late" ON "books" ("author_id")\`); }
  async down(queryRunner: QueryRunner) { await queryRunner.query(\`DROP INDEX "late"\`); }
}`,
    });
    const book = tableOf(schema, "Book");
    expect(columnsOf(book)).toEqual([
      "id uuid not null",
      "createdAt timestamp not null",
      "isbn_13 varchar not null",
      "sold boolean not null",
      "title varchar",
      "author_id uuid",
    ]);
    expect(indexesOf(book)).toEqual(["index (author_id)", "index (title)", "key (id)", "unique (isbn_13, sold)", "unique (title)"]);
    expect(book.foreignKeys[0]).toMatchObject({ table: "author", onDelete: "cascade" });
  });
});

describe("Drizzle", () => {
  it("reads tables, references and the indexes beside the columns", async () => {
    const schema = await schemaOf({
      "src/schema.ts": `import { pgTable, serial, text, integer, timestamp, boolean, index, uniqueIndex, primaryKey } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: serial("id").primaryKey(), email: text("e_mail").notNull().unique() });
export const posts = pgTable("posts", {
  id: serial().primaryKey(),
  authorId: integer("author_id").references(() => users.id, { onDelete: "cascade" }),
  at: timestamp("at", { withTimezone: true }).notNull(),
  done: boolean("done").default(false),
}, (table) => [index("recent").on(table.at.desc(), table.done), uniqueIndex("u").on(table.authorId, table.at)]);`,
    });
    expect(schema.dialect).toBe("postgresql");
    expect(columnsOf(tableOf(schema, "posts"))).toEqual([
      "id integer not null",
      "author_id integer",
      "at timestamptz not null",
      "done boolean",
    ]);
    expect(indexesOf(tableOf(schema, "posts"))).toEqual(["index (at desc, done)", "key (id)", "unique (author_id, at)"]);
    expect(tableOf(schema, "posts").foreignKeys[0]).toMatchObject({ columns: ["author_id"], table: "users", onDelete: "cascade" });
    expect(indexesOf(tableOf(schema, "users"))).toEqual(["key (id)", "unique (e_mail)"]);
  });
});

describe("SQLAlchemy and Alembic", () => {
  it("reads models of both styles, and revisions in the order of their chain", async () => {
    const schema = await schemaOf({
      "app/models.py": `
from sqlalchemy import Column, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, DeclarativeBase

class Base(DeclarativeBase):
    pass

class Stamped:
    created = Column(Integer)

class User(Stamped, Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    email = Column("e_mail", String(80), unique=True, nullable=False)

class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(40), index=True)
    note: Mapped[str | None]
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    __table_args__ = (UniqueConstraint("title", "author_id"), Index("ix", "note", "title"))
`,
      "alembic/versions/aaa_second.py": `
from alembic import op
import sqlalchemy as sa
revision = "aaa"
down_revision = "bbb"

def upgrade():
    op.drop_index("old", table_name="posts")
    op.create_index(op.f("by_author"), "posts", ["author_id"], unique=False)
    with op.batch_alter_table("users") as batch_op:
        batch_op.add_column(sa.Column("age", sa.Integer(), nullable=True))
`,
      "alembic/versions/bbb_first.py": `
from alembic import op
import sqlalchemy as sa
revision = "bbb"
down_revision = None

def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("id"))
    op.create_table("posts", sa.Column("id", sa.Integer(), nullable=False), sa.Column("author_id", sa.Integer(), nullable=False), sa.ForeignKeyConstraint(["author_id"], ["users.id"]), sa.PrimaryKeyConstraint("id"))
    op.create_index("old", "posts", ["id", "author_id"])
    op.execute("CREATE INDEX raw ON users (id, e_mail)")
`,
    });
    expect(columnsOf(tableOf(schema, "User"))).toEqual([
      "created integer",
      "id integer not null",
      "e_mail varchar(80) not null",
      "age integer",
    ]);
    expect(indexesOf(tableOf(schema, "User"))).toEqual(["index (id, e_mail)", "key (id)", "unique (e_mail)"]);
    const post = tableOf(schema, "Post");
    expect(columnsOf(post)).toEqual(["id integer not null", "title varchar(40) not null", "note varchar", "author_id integer not null"]);
    expect(indexesOf(post)).toEqual(["index (author_id)", "index (note, title)", "index (title)", "key (id)", "unique (title, author_id)"]);
    expect(post.foreignKeys[0]).toMatchObject({ columns: ["author_id"], table: "users", onDelete: "cascade" });
  });
});

describe("Knex", () => {
  it("reads what migrations build", async () => {
    const schema = await schemaOf({
      "migrations/1_a.js": `exports.up = (knex) => knex.schema
  .createTable("users", (table) => { table.increments("id"); table.string("name", 40).notNullable(); })
  .createTable("posts", (table) => {
    table.increments();
    table.integer("author_id").unsigned().references("id").inTable("users").onDelete("CASCADE").index();
    table.enu("kind", ["a", "b"]);
    table.unique(["kind", "author_id"]);
  });
exports.down = (knex) => knex.schema.dropTable("posts");`,
      "migrations/2_b.ts": `export async function up(knex) {
  await knex.schema.alterTable("users", (t) => { t.index(["name"], "by_name"); t.boolean("gone"); });
  await knex.raw("CREATE INDEX partly ON users (name) WHERE gone");
}`,
    });
    expect(indexesOf(tableOf(schema, "posts"))).toEqual(["index (author_id)", "key (id)", "unique (kind, author_id)"]);
    expect(indexesOf(tableOf(schema, "users"))).toEqual(["index (name)", "index (name) where gone", "key (id)"]);
    expect(columnsOf(tableOf(schema, "users"))).toEqual(["id integer not null", "name varchar(40) not null", "gone boolean"]);
    expect(tableOf(schema, "posts").foreignKeys[0]).toMatchObject({ table: "users", references: ["id"], onDelete: "cascade" });
  });
});

describe("Mongoose", () => {
  it("reads paths and indexes of a collection", async () => {
    const schema = await schemaOf({
      "models/order.js": `const mongoose = require("mongoose");
const schema = new mongoose.Schema({ number: { type: String, unique: true, required: true }, at: Date, buyer: { city: { type: String, index: true } } }, { timestamps: true });
schema.index({ at: -1, "buyer.city": 1 });
module.exports = mongoose.model("Order", schema);`,
    });
    expect(schema.dialect).toBe("mongodb");
    const table = tableOf(schema, "Order");
    expect(table.name).toBe("orders");
    expect(indexesOf(table)).toEqual(["index (at desc, buyer.city)", "index (buyer.city)", "key (_id)", "unique (number)"]);
    expect(table.columns.map(({ name }) => name)).toEqual(["_id", "number", "at", "buyer.city", "createdAt", "updatedAt"]);
  });
});

describe("a datasource of Prisma", () => {
  it("says that its database is one that is not known, and reads the tables", async () => {
    const { dialect, unknown, tables } = await schemaOf({
      "prisma/schema.prisma": 'datasource db {\n  provider = "oracle"\n}\nmodel User {\n  id Int @id\n}\n',
    });
    expect({ dialect, tables: tables.map(({ name }) => name) }).toEqual({ dialect: "unknown", tables: ["User"] });
    expect(unknown).toMatchObject([{ file: "prisma/schema.prisma", line: 1, why: expect.stringContaining("`oracle`") as unknown }]);
  });
});
