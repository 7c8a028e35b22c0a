/** The lines of `optimize db queries`: what is sent, from where, on which routes, and what of it is not known. */
import type { ProjectStatement, ProjectStatements, StatementPlace } from "../../model/project-statement.ts";
import { clean } from "./sanitise.ts";
import type { Paint } from "./style.ts";
import { counted } from "./words.ts";

const shownPlaces = 3;
const shownRoutes = 3;

export function queryLines({ statements, unsaid }: ProjectStatements, paint: Paint): string[] {
  const lines = statements.flatMap((one) => [...statementLines(one, paint), ""]);
  lines.push(
    statements.length === 0
      ? "No statement of a known library or text of SQL was found."
      : `${counted(statements.length, "statement")} at ${counted(placesOf(statements), "place")}`,
  );
  for (const { why, places } of unsaid)
    lines.push(`not said: ${counted(places.length, "call")}, ${clean(why)} (${listed(places.map(placeText), 1)})`);
  return lines;
}

function statementLines(one: ProjectStatement, paint: Paint): string[] {
  const of = one.database === undefined ? "" : `  ${paint("dim", clean(one.database))}`;
  return [
    `${paint("dim", one.fingerprint)}  ${clean(one.sql.replaceAll(/\s+/g, " "))}${of}`,
    `    ${one.from === "text" ? "text" : `${clean(one.library)}, ${clean(one.method)}`}: ${listed(one.places.map(placeText), shownPlaces)}`,
    ...(one.routes.length === 0 ? [] : [`    on ${listed(one.routes.map(clean), shownRoutes)}`]),
    ...(one.unknown.length === 0 ? [] : [paint("yellow", `    not known: ${one.unknown.map(clean).join(", ")}`)]),
  ];
}

function placeText({ file, line, symbol }: StatementPlace): string {
  return `${clean(file)}:${line}${symbol === undefined ? "" : ` (${clean(symbol)})`}`;
}

function listed(texts: readonly string[], most: number): string {
  const more = texts.length - most;
  return `${texts.slice(0, most).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function placesOf(statements: readonly ProjectStatement[]): number {
  return new Set(statements.flatMap(({ places }) => places.map(({ file, line }) => `${file}:${line}`))).size;
}
