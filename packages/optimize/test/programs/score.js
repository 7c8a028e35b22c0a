/** What conclusions about the programs are worth: recall, precision, exact lines. The rules are in README.md. */

/** @typedef {import("./score.d.ts").Score} Score */

/**
 * @param {readonly import("./labels.d.ts").Program[]} programs  Those that were run.
 * @param {Readonly<Record<string, readonly import("./score.d.ts").Conclusion[]>>} conclusions  By name of the program.
 * @returns {Score}
 */
export function score(programs, conclusions) {
  /** @type {Pick<Score, "hits" | "wrongLines" | "missed" | "falseAlarms">} */
  const score = { hits: [], wrongLines: [], missed: [], falseAlarms: [] };
  for (const { name, labels } of programs) judge(name, labels, conclusions[name] ?? [], score);
  const [hits, wrong, missed, wrongly] = [score.hits, score.wrongLines, score.missed, score.falseAlarms].map(({ length }) => length);
  const found = hits + wrong;
  const share = (/** @type {number} */ part, /** @type {number} */ whole) => (whole === 0 ? 1 : part / whole);
  return { ...score, recall: share(found, found + missed), precision: share(found, found + wrongly), exact: share(hits, found) };
}

/**
 * @param {string} program
 * @param {import("./labels.d.ts").Labels} labels
 * @param {readonly import("./score.d.ts").Conclusion[]} conclusions
 * @param {Pick<Score, "hits" | "wrongLines" | "missed" | "falseAlarms">} into
 */
function judge(program, { expect, clean }, conclusions, into) {
  const isAt = (/** @type {any} */ label, /** @type {any} */ one) =>
    label.file === one.file && one.line >= label.line && one.line <= (label.endLine ?? label.line);
  const isHit = (/** @type {any} */ label, /** @type {any} */ one) => label.kind === one.kind && isAt(label, one);
  const isTwice = (/** @type {any} */ one) =>
    one.kind === "event-loop-stall" && expect.some((label) => label.kind === "sync-in-request" && isAt(label, one));
  const missed = expect.filter((label) => !conclusions.some((one) => isHit(label, one)));
  for (const label of expect.filter((label) => !missed.includes(label))) into.hits.push({ program, ...label });
  for (const one of conclusions) {
    if (isTwice(one) || expect.some((label) => isHit(label, one))) continue;
    const near = missed.findIndex((label) => label.kind === one.kind);
    const [label] = near < 0 || clean.some((place) => isAt(place, one)) ? [] : missed.splice(near, 1);
    if (label === undefined) into.falseAlarms.push({ program, ...one });
    else into.wrongLines.push({ program, ...label, concluded: `${one.file}:${one.line}` });
  }
  for (const label of missed) into.missed.push({ program, ...label });
}
