import type { Operation, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import type { BlockingChange, Table } from "../../model/schema.ts";
import { tableNamed } from "../../model/schema.ts";
import { isReached, tablesOf } from "../schema/asked.ts";
import { stillReason } from "../schema/growth.ts";
import { schemaPlace } from "../schema/place.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "db/migration-blocking-ddl",
  title: "a migration that locks a table for as long as its rows take",
  needs: ["schema"],
  provedBy: "the time for which the migration holds its lock on a table of the real size",
  tier: "likely",
  check(project, report) {
    for (const schema of project.schemas)
      for (const change of schema.blocking ?? []) {
        const table = tableNamed(schema, change.table);
        if (table === undefined) continue;
        const waiting = statementOn(project, table);
        const still = stillReason(project, schema, table);
        const place = schemaPlace(change.site, `${change.table}.${change.kind}.${change.columns.join()}`);
        report({
          place,
          function: waiting?.place.function ?? place.function,
          message: messageOf(change),
          advice: adviceOf(change),
          effort: "S",
          path: [],
          related: waiting === undefined ? [] : [{ place: waiting.place, role: "waits", note: waiting.method }],
          atMost: "medium",
          ...reasonOf([
            ...(change.unsure === true ? ["it is the newest of its folder only, and may have run long ago"] : []),
            ...(still === undefined ? [] : [still]),
          ]),
        });
      }
  },
});

/** A statement of a request or a job that the lock holds up. */
function statementOn(project: Project, table: Table): Operation | undefined {
  const asking = project.operations.filter(
    (operation) =>
      operation.kind.startsWith("db-") && isReached(project, operation) && tablesOf(project, operation).some((one) => one.table === table),
  );
  return asking.find(({ kind }) => kind === "db-write") ?? asking[0];
}

function messageOf({ kind, table, columns }: BlockingChange): string {
  const of = columns.length === 0 ? "" : ` on ${columns.map((name) => `\`${name}\``).join(", ")}`;
  switch (kind) {
    case "index":
      return `The newest migration builds an index${of} of \`${table}\`, which older ones made: nobody can write to the table until it is built.`;
    case "foreign key":
      return `The newest migration adds a foreign key${of} of \`${table}\`, which older ones made: every row is checked while nobody can write to either table.`;
    case "type":
      return `The newest migration changes the type${of} of \`${table}\`, which older ones made: every row is written anew, and nobody can even read the table meanwhile.`;
    case "not null":
      return `The newest migration says NOT NULL${of} of \`${table}\`, which older ones made: every row is checked, and nobody can even read the table meanwhile.`;
  }
}

function adviceOf({ kind, by, columns }: BlockingChange): string {
  const [column = "column"] = columns;
  switch (kind) {
    case "index":
      return `Build it while others write, outside of a transaction: ${gentleIndex(by)}.`;
    case "foreign key":
      return "Add it with `NOT VALID`, and let a second migration run `VALIDATE CONSTRAINT`, which lets others write.";
    case "type":
      return "Add a column of the new type, fill it in batches, and let a later migration put it in the place of the old one.";
    case "not null":
      return `Add \`CHECK (${column} IS NOT NULL) NOT VALID\`, validate it in a second migration, then say NOT NULL: PostgreSQL takes the check's word for it.`;
  }
}

function gentleIndex(by: string): string {
  if (by.startsWith("Django")) return "`AddIndexConcurrently`, with `atomic = False`";
  if (by.startsWith("Alembic")) return "`postgresql_concurrently=True`, in an `autocommit_block()`";
  if (by.startsWith("Sequelize")) return "`concurrently: true`";
  return "`CREATE INDEX CONCURRENTLY`, in a migration of its own";
}
