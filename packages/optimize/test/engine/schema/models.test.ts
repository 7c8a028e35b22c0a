import { describe, expect, it } from "vitest";
import { columnsOf, indexesOf, schemaOf, schemasOf, tableOf } from "./schemas-of.ts";

describe("Prisma", () => {
  it("reads names, types, keys and indexes, and makes no index for a foreign key", async () => {
    const schema = await schemaOf({
      "prisma/schema.prisma": `
datasource db {
  provider = "postgresql"
  url      = env("URL") // a comment
}
enum Role { 
  ADMIN
  USER
}
model User {
  id    String @id @default(uuid()) @db.Uuid
  email String @unique @map("e_mail")
  role  Role   @default(USER)
  posts Post[]
  @@map("users")
}
model Post {
  id       Int      @id @default(autoincrement())
  title    String   @db.VarChar(80) // the "title"
  at       DateTime @default(now()) @db.Timestamptz(3)
  authorId String?
  author   User?    @relation(fields: [authorId], references: [id], onDelete: Cascade)
  tags     String[]
  done     Boolean  @default(false)
  @@unique([title, at])
  @@index([at(sort: Desc), title], map: "recent")
  @@index([tags], type: Gin)
}
model Broken {
  id Int @id
`,
    });
    expect(schema.dialect).toBe("postgresql");
    const post = tableOf(schema, "Post");
    expect(columnsOf(post)).toEqual([
      "id integer not null",
      "title varchar(80) not null",
      "at timestamptz(3) not null",
      "authorId text",
      "tags text[] not null",
      "done boolean not null",
    ]);
    expect(indexesOf(post)).toEqual(["index (at desc, title)", "index gin (tags)", "key (id)", "unique (title, at)"]);
    expect(post.foreignKeys[0]).toMatchObject({ columns: ["authorId"], table: "users", onDelete: "cascade" });
    const user = tableOf(schema, "User");
    expect([user.name, indexesOf(user), user.columns[2]?.values]).toEqual(["users", ["key (id)", "unique (e_mail)"], ["ADMIN", "USER"]]);
    expect(post.columns[3]?.site).toEqual({ file: "prisma/schema.prisma", line: 21 });
    expect(schema.unknown.map(({ table }) => table)).toEqual(["Broken"]);
  });

  it("has the constraints that its migrations make, and no others", async () => {
    const schema = await schemaOf({
      "prisma/schema.prisma":
        'datasource db {\n  provider = "postgresql"\n}\nmodel A {\n  id Int @id\n  cs C[]\n}\nmodel C {\n  id Int @id\n  aId Int\n  bId Int\n  a A @relation(fields: [aId], references: [id])\n  b A @relation("b", fields: [bId], references: [id])\n}\n',
      "prisma/migrations/1_a/migration.sql":
        'CREATE TABLE "A" ("id" SERIAL PRIMARY KEY); CREATE TABLE "C" ("id" SERIAL PRIMARY KEY, "aId" INTEGER, "bId" INTEGER REFERENCES "C" ("id"));',
    });
    expect(tableOf(schema, "C").foreignKeys.map(({ columns, table, virtual }) => [...columns, table, virtual])).toEqual([
      ["aId", "A", true],
      ["bId", "C", undefined],
    ]);
  });

  it("is united with its migrations, and says where they differ", async () => {
    const schema = await schemaOf({
      "prisma/schema.prisma":
        'datasource db {\n  provider = "postgresql"\n}\nmodel A {\n  id Int @id\n  b Int\n  c Int\n  @@index([b])\n}\n',
      "prisma/migrations/1_a/migration.sql": 'CREATE TABLE "A" ("id" SERIAL PRIMARY KEY, "b" INTEGER, "d" TEXT);',
      "prisma/migrations/2_b/migration.sql": 'CREATE INDEX "A_d_idx" ON "A" ("d");',
    });
    expect(indexesOf(tableOf(schema, "A"))).toEqual(["index (b)", "index (d)", "key (id)"]);
    expect(schema.drift.map(({ kind, what, has }) => `${kind} ${what} ${has}`)).toEqual([
      "column c Prisma",
      "index b Prisma",
      "column d SQL",
    ]);
  });

  it("keeps two schemas apart that have the same tables", async () => {
    const one = 'datasource db {\n  provider = "mysql"\n}\nmodel A {\n  id Int @id\n}\n';
    expect((await schemasOf({ "a/schema.prisma": one, "b/schema.prisma": one })).map(({ name }) => name)).toEqual(["a", "b"]);
  });
});

describe("Django", () => {
  const models = `
from django.conf import settings
from django.db import models
from .base import Stamped

class Kind(models.TextChoices):
    A = "a"

class Author(Stamped):
    name = models.CharField(max_length=80, db_index=True)
    slug = models.SlugField()
    mail = models.EmailField(unique=True, null=True)
    boss = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, db_index=False)

class Book(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    tags = models.ManyToManyField("Tag")
    sold = models.BooleanField(default=False)
    isbn = models.CharField(max_length=13, primary_key=True)

    class Meta:
        ordering = ["-sold", "isbn"]
        indexes = [models.Index(fields=["-sold", "author"], name="by_sold", condition=models.Q(sold=True))]
        constraints = [models.UniqueConstraint(fields=["author", "isbn"], name="u")]
        unique_together = [("author", "sold")]

class Tag(models.Model):
    class Meta:
        db_table = "labels"

class Plain:
    x = models.CharField()
`;
  const base = `
from django.db import models
class Stamped(models.Model):
    created = models.DateTimeField(auto_now_add=True)
    class Meta:
        abstract = True
`;

  it("reads fields, what Django indexes by itself, and what Meta says", async () => {
    const schema = await schemaOf({ "shop/models.py": models, "shop/base.py": base, "shop/__init__.py": "" });
    expect(schema.tables.map(({ name }) => name)).toEqual(["labels", "shop_author", "shop_book", "shop_book_tags"]);
    const author = tableOf(schema, "Author");
    expect(columnsOf(author)).toEqual([
      "created timestamptz not null",
      "name varchar(80) not null",
      "slug varchar(50) not null",
      "mail varchar(254)",
      "boss_id bigint",
      "id bigint not null",
    ]);
    expect(indexesOf(author)).toEqual(["index (name)", "index (slug)", "key (id)", "unique (mail)"]);
    const book = tableOf(schema, "Book");
    expect(indexesOf(book)).toEqual([
      "fk (author_id)",
      "fk (owner_id)",
      'index (sold desc, author_id) where "sold" = true',
      "key (isbn)",
      "unique (author_id, isbn)",
      "unique (author_id, sold)",
    ]);
    expect(book.ordering).toEqual([
      { name: "sold", order: "desc" },
      { name: "isbn", order: "asc" },
    ]);
    expect(book.foreignKeys.map(({ table, onDelete }) => `${table} ${onDelete}`)).toEqual(["shop_author cascade", "auth_user restrict"]);
    expect(indexesOf(tableOf(schema, "shop_book_tags"))).toEqual(["fk (book_id)", "fk (tag_id)", "key (id)", "unique (book_id, tag_id)"]);
  });

  it("applies migrations in order, and takes back what they take back", async () => {
    const head = "from django.db import migrations, models\n\nclass Migration(migrations.Migration):\n    operations = [\n";
    const schema = await schemaOf({
      "shop/__init__.py": "",
      "shop/apps.py": 'from django.apps import AppConfig\nclass ShopConfig(AppConfig):\n    name = "shop"\n    label = "store"\n',
      "shop/migrations/0001_initial.py": `${head}
        migrations.CreateModel(name="Item", fields=[("id", models.AutoField(primary_key=True)), ("a", models.CharField(max_length=9, db_index=True)), ("b", models.IntegerField())], options={"unique_together": {("a", "b")}}),
    ]\n`,
      "shop/migrations/0002_more.py": `${head}
        migrations.AlterField("item", "a", models.CharField(max_length=9)),
        migrations.AlterUniqueTogether(name="item", unique_together=set()),
        migrations.AddField(model_name="item", name="owner", field=models.ForeignKey(to="auth.User", on_delete=models.CASCADE)),
        migrations.AddIndex(model_name="item", index=models.Index(fields=["b"], name="by_b")),
        migrations.RunSQL("CREATE INDEX raw ON store_item (a, b)"),
    ]\n`,
      "shop/migrations/0010_last.py": `${head}
        migrations.RemoveIndex(model_name="item", name="by_b"),
        migrations.RenameModel("Item", "Thing"),
    ]\n`,
    });
    expect(schema.tables.map(({ name }) => name)).toEqual(["store_thing"]);
    expect(indexesOf(tableOf(schema, "store_thing"))).toEqual(["fk (owner_id)", "index (a, b)", "key (id)"]);
  });
});

describe("Sequelize", () => {
  it("reads decorated classes with what they extend, and no index for a foreign key", async () => {
    const schema = await schemaOf({
      "models/base.ts": `import { Model, Column, PrimaryKey, DataType, CreatedAt } from "sequelize-typescript";
export default class Base extends Model {
  @PrimaryKey
  @Column(DataType.UUID)
  id: string;
  @CreatedAt
  createdAt: Date;
}`,
      "models/view.ts": `import { Table, Column, ForeignKey, BelongsTo, DataType, Unique, Default } from "sequelize-typescript";
import Base from "./base";
import User from "./user";
@Table({ tableName: "views", modelName: "view", updatedAt: false })
export default class View extends Base {
  @Default(1)
  @Column(DataType.INTEGER)
  count: number;

  @BelongsTo(() => User, { foreignKey: "userId", onDelete: "cascade" })
  user: User;

  @ForeignKey(() => User)
  @Column(DataType.UUID)
  userId: string;

  @Unique
  @Column({ type: DataType.STRING, allowNull: false, field: "the_key" })
  key: string;

  @Column(DataType.VIRTUAL)
  later: string;
}`,
      "models/user.ts": `import { Table } from "sequelize-typescript";
import Base from "./base";
@Table({ tableName: "users" })
export default class User extends Base {}`,
    });
    const view = tableOf(schema, "View");
    expect(columnsOf(view)).toEqual([
      "id uuid not null",
      "createdAt timestamptz",
      "count integer",
      "userId uuid",
      "the_key varchar(255) not null",
    ]);
    expect(indexesOf(view)).toEqual(["key (id)", "unique (the_key)"]);
    expect(view.foreignKeys).toMatchObject([{ columns: ["userId"], table: "users", onDelete: "cascade" }]);
    expect(view.columns[3]?.site).toEqual({ file: "models/view.ts", line: 13 });
    expect(columnsOf(tableOf(schema, "User"))).toEqual(["id uuid not null", "createdAt timestamptz", "updatedAt timestamptz not null"]);
  });

  it("reads models that calls define, and migrations with their loops and raw SQL", async () => {
    const schema = await schemaOf({
      "models/user.js": `const { Sequelize, DataTypes } = require("sequelize");
const sequelize = new Sequelize("x");
const Category = sequelize.define("Category", { name: { type: DataTypes.STRING, unique: true }, ownerId: DataTypes.INTEGER }, { underscored: true, paranoid: true, indexes: [{ fields: ["ownerId", { name: "name", order: "DESC" }] }] });
module.exports = Category;`,
      "migrations/2020-a.js": `const columns = ["name", "owner_id"];
module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.sequelize.transaction(async (transaction) => {
      await queryInterface.createTable("Categories", { id: { type: Sequelize.INTEGER, primaryKey: true }, name: Sequelize.STRING, owner_id: { type: Sequelize.INTEGER, references: { model: "users", key: "id" } } }, { transaction });
      for (const column of columns) await queryInterface.addIndex("Categories", [column], { transaction });
      await queryInterface.sequelize.query(\`CREATE INDEX partly ON "Categories" (name) WHERE owner_id IS NULL\`);
    });
  },
  async down(queryInterface) { await queryInterface.dropTable("Categories"); },
};`,
      "migrations/2021-b.js": `module.exports = { up: (queryInterface) => queryInterface.removeIndex("Categories", ["name"]), down: () => {} };`,
    });
    const table = tableOf(schema, "Category");
    expect(table.name).toBe("categories");
    expect(indexesOf(table)).toEqual([
      "index (name) where owner_id IS NULL",
      "index (owner_id)",
      "index (owner_id, name desc)",
      "key (id)",
      "unique (name)",
    ]);
    expect(table.columns.map(({ name }) => name)).toEqual(["name", "owner_id", "id", "created_at", "updated_at", "deleted_at"]);
  });
});

describe("columns that refer to others", () => {
  it("have the type of what they refer to, through other keys too, where they say none", async () => {
    const schema = await schemaOf({
      "shop/__init__.py": "",
      "shop/models.py": `from django.db import models

class Account(models.Model):
    id = models.UUIDField(primary_key=True)

class Profile(models.Model):
    account = models.OneToOneField(Account, primary_key=True, on_delete=models.CASCADE)

class Post(models.Model):
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE)
    reply_to = models.ForeignKey("self", null=True, on_delete=models.CASCADE)
`,
    });
    const types = Object.fromEntries(tableOf(schema, "shop_post").columns.map(({ name, type }) => [name, type]));
    expect(types).toMatchObject({ profile_id: "uuid", reply_to_id: "bigint", id: "bigint" });
  });
});
