/** Numbers with their units, as people read them. */

/** Milliseconds: three digits, the unit that suits. */
export function timeText(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return "-";
  if (milliseconds < 1) return `${digits(milliseconds * 1000)} µs`;
  return milliseconds < 1000 ? `${digits(milliseconds)} ms` : `${digits(milliseconds / 1000)} s`;
}

/** Three digits that count. */
function digits(number: number): string {
  if (number >= 100) return number.toFixed(0);
  return number >= 10 ? number.toFixed(1) : number.toFixed(2);
}

/** "12,345" */
export function countText(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

/** A part of 1 as "0.12 %". */
export function partText(part: number): string {
  const percent = part * 100;
  return `${percent === 0 ? "0" : percent < 0.01 ? "< 0.01" : percent.toFixed(percent < 10 ? 2 : 1)} %`;
}

export function bytesText(bytes: number): string {
  for (const [unit, size] of [
    ["GB", 1e9],
    ["MB", 1e6],
    ["kB", 1e3],
  ] as const)
    if (bytes >= size) return `${digits(bytes / size)} ${unit}`;
  return `${bytes} B`;
}
