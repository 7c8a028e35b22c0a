/** Databases as settings say them: whether connections are kept from one request to the next. */
import type { ConnectionSettings } from "../../model/connection-settings.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import { textOf } from "./handles.ts";
import { someInside } from "./parts.ts";
import type { Reading } from "./reading.ts";
import { placeIn } from "./reading.ts";

/** Opening a connection to these is a round trip or more, and a process or thread of the server. */
const remote = /postgres|postgis|mysql|oracle|mssql|cockroach/;

export function readDatabases(r: Reading, spec: ConnectionSettings): void {
  if (!r.python) return;
  for (const { s, spot } of r.t.statements) {
    if (s.kind !== "assign" || spot.fn !== 0 || s.target.kind !== "bind" || s.target.name !== spec.variable || s.value === undefined)
      continue;
    const own = entry(s.value, spec.main);
    if (own === undefined) continue;
    const engine = textOf(entry(own, spec.engine)) ?? "";
    if (own.kind === "object" && !remote.test(engine)) continue;
    r.found.databases.push({ ...placeIn(r, s, spot), engine, keeps: saysLater(r, spec) ? "unknown" : keeps(own, spec) });
  }
}

function entry(e: Expression, name: string): Expression | undefined {
  return e.kind === "object" ? e.properties.find((one) => one.name === name)?.value : undefined;
}

function keeps(own: Expression, spec: ConnectionSettings): "yes" | "no" | "unknown" {
  if (own.kind !== "object" || own.properties.some((one) => one.spread || one.name === "")) return "unknown";
  const age = entry(own, spec.age);
  if (age !== undefined) return age.kind === "literal" && age.value === 0 ? "no" : "yes";
  const options = entry(own, spec.options);
  if (options === undefined) return "no";
  if (options.kind !== "object" || options.properties.some((one) => one.spread)) return "unknown";
  return options.properties.some((one) => one.name === spec.pool) ? "yes" : "no";
}

/** `DATABASES["default"]["CONN_MAX_AGE"] = 60`, `DATABASES.update(…)`: more is said after it. */
function saysLater(r: Reading, spec: ConnectionSettings): boolean {
  const names = (e: Expression): boolean => someInside(e, (part) => part.kind === "name" && part.name === spec.variable);
  return (
    r.t.calls.some(({ e, spot }) => spot.fn === 0 && (names(e.callee) || e.args.some(({ value }) => names(value)))) ||
    r.t.statements.some(({ s }) => s.kind === "assign" && s.target.kind === "member" && names(s.target.target))
  );
}
