import type { Finding } from "../../model/finding.ts";
import { planText } from "../../model/index-question.ts";
import { excerpt } from "./excerpt.ts";
import type { ReportContext } from "./reporter.ts";
import { clean } from "./sanitise.ts";
import type { Paint, Style } from "./style.ts";
import { pad, shorten, width, wrap } from "./width.ts";
import { effectSite, impactText, place } from "./words.ts";

const indent = " ".repeat(10);
const labelColumns = 13;
const shownRoutes = 4;
/** Keeps the words of a route on one line; shown as a space. */
const unbroken = "\u00a0";
/** Columns that what the pointer says gets at least, if need be by moving the pointer to the left. */
const leastPointed = 56;
const tierStyles: Readonly<Record<Finding["tier"], Style>> = { proven: "red", likely: "yellow", candidate: "dim" };

/** A finding as a block of lines: place first, what happens, the code, who reaches it, the fix, the impact. */
export function findingBlock(finding: Finding, id: string, context: ReportContext, columns: number, paint: Paint): string[] {
  return [
    ...heading(finding, id, columns, paint),
    ...wrap(clean(finding.message), columns - indent.length).map((line) => indent + line),
    ...code(finding, context, columns, paint),
    ...labelled("Reached by", reachedBy(finding), columns),
    ...labelled("Fix", `${clean(finding.advice).replace(/\.$/, "")} (effort ${finding.effort})`, columns),
    ...(finding.recipe === undefined ? [] : labelled("Recipe", `optimize add ${clean(finding.recipe)}`, columns)),
    ...labelled("Impact", impactText(finding.impact), columns),
    ...(finding.plan === undefined || finding.tier === "candidate" ? [] : labelled("Planner", clean(planText(finding.plan)), columns)),
    ...(finding.reason === undefined || finding.tier !== "candidate" ? [] : labelled("Candidate", clean(finding.reason), columns)),
  ];
}

function heading(finding: Finding, id: string, columns: number, paint: Paint): string[] {
  const tier = pad(finding.tier, finding.tier === "candidate" ? 10 : 8);
  const inPackage = finding.package === undefined ? "" : ` · ${clean(finding.package)}`;
  const about = ` · ${finding.severity} · ${id}${inPackage}`;
  const where = place(finding.site);
  const left = `  ${tier}${finding.rule}${about}`;
  const painted = `  ${paint(tierStyles[finding.tier], tier)}${paint("bold", clean(finding.rule))}${paint("dim", about)}`;
  const gap = columns - width(left) - width(where);
  return gap >= 2 ? [painted + " ".repeat(gap) + paint("cyan", where)] : [painted, indent + paint("cyan", where)];
}

function code(finding: Finding, context: ReportContext, columns: number, paint: Paint): string[] {
  const lines = excerpt(finding, context.source);
  const gutter = 15;
  const room = columns - gutter - 3;
  return lines.flatMap((line) => {
    const number = line.line === 0 ? "⋮" : String(line.line);
    const shown = `${paint("dim", `${number.padStart(gutter)} │`)} ${shorten(line.text, room)}`.trimEnd();
    if (line.pointer === undefined) return [shown];
    const pointed = pointer(finding);
    if (pointed === "") return [shown];
    const at = Math.max(0, Math.min(width(line.text.slice(0, line.pointer - 1)), room - Math.min(width(pointed) + 3, leastPointed)));
    return [shown, `${paint("dim", `${" ".repeat(gutter)} │`)} ${" ".repeat(at)}└─ ${shorten(pointed, room - at - 3)}`];
  });
}

/** Where the effect happens and what it does, when that is said and is not the line above. */
function pointer(finding: Finding): string {
  const effect = effectSite(finding);
  if (effect === undefined) return "";
  const same = effect.file === finding.site.file && effect.line === finding.site.line;
  const note = effect.note === undefined ? clean(effect.role) : clean(effect.note);
  return same ? (effect.note === undefined ? "" : note) : `${place(effect)}  ${note}`;
}

function reachedBy(finding: Finding): string {
  if (finding.routes.length === 0) return "no entry point was found";
  const more = finding.routes.length - shownRoutes;
  const shown = finding.routes
    .slice(0, shownRoutes)
    .map((route) => clean(route).replaceAll(" ", unbroken))
    .join(" · ");
  return more > 0 ? `${shown} · ${more} more` : shown;
}

function labelled(label: string, text: string, columns: number): string[] {
  const hanging = " ".repeat(indent.length + labelColumns);
  return wrap(text, columns - hanging.length).map(
    (line, index) => (index === 0 ? indent + pad(label, labelColumns) : hanging) + line.replaceAll(unbroken, " "),
  );
}
