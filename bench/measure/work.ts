/** Three functions of known weight, each timed by the program itself: what the profile says of them is compared with that. */
interface Row {
  readonly id: number;
  readonly name: string;
}

function joinSlowly(left: readonly Row[], right: readonly Row[]): number {
  let found = 0;
  for (const one of left) if (right.find((other) => other.id === one.id) !== undefined) found += 1;
  return found;
}

function serialise(rows: readonly Row[]): number {
  let length = 0;
  for (let i = 0; i < 6; i += 1) length += JSON.stringify(rows.map((row) => ({ ...row, at: i }))).length;
  return length;
}

function collate(rows: readonly Row[]): number {
  const names = rows.map(({ name }) => name).sort((a, b) => a.localeCompare(b));
  return names.length;
}

const rows: readonly Row[] = Array.from({ length: 1500 }, (_, id) => ({ id, name: `row ${(id * 7919) % 1500}` }));
const spent: Record<string, number> = {};
let sum = 0;

function timed(name: string, work: () => number): void {
  const begun = performance.now();
  sum += work();
  spent[name] = (spent[name] ?? 0) + performance.now() - begun;
}

for (let round = 0; round < 250; round += 1) {
  timed("joinSlowly", () => joinSlowly(rows, rows));
  timed("serialise", () => serialise(rows));
  timed("collate", () => collate(rows));
}
(process.getBuiltinModule?.("node:fs") ?? (await import("node:fs"))).writeFileSync(process.argv[2] ?? "", JSON.stringify({ spent, sum }));
