/**
 * A project to scan that is the same for everybody: modules of an Express and Prisma service that import each other, each of ten
 * files with types, queries, loops, branches and classes, about 5 kB a file. Same count, same bytes.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const nouns = ["order", "invoice", "customer", "product", "shipment", "payment", "ticket", "review", "booking", "contract"];
const areas = ["retail", "export", "archive", "partner", "internal", "mobile", "audit", "import", "search", "billing"];
const fields = ["title", "state", "total", "currency", "owner", "note", "reference", "priority", "channel", "region", "score", "origin"];
const filesOfModule = 10;

/** @param {number} seed */
function numbers(seed) {
  let state = seed >>> 0;
  return (/** @type {number} */ below) => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** @param {string} word */
const capital = (word) => word.slice(0, 1).toUpperCase() + word.slice(1);

/** @typedef {{ name: string, type: string, other: string, otherType: string, own: string[], pick: (below: number) => number }} Module */

/** @type {Readonly<Record<string, (one: Module) => string>>} */
const files = {
  types: ({ type, own }) => `export type ${type}State = "new" | "open" | "closed" | "failed";

${own.map((field) => `/** What is known of the ${field}. */\nexport interface ${type}${capital(field)} {\n  id: string;\n  ${field}: string;\n  ${field}Count: number;\n  changedAt: Date | null;\n  history: readonly { at: Date; before: string; after: string }[];\n}\n`).join("\n")}
export interface ${type} {
  id: string;
  state: ${type}State;
  parentId: string | null;
${own.map((field) => `  ${field}: ${type}${capital(field)};`).join("\n")}
}
`,
  repository: ({ name, type, own }) => `import { PrismaClient } from "@prisma/client";
import type { ${type}State } from "./types";

export const prisma = new PrismaClient();

export class ${type}Repository {
  async byId(id: string) {
    return prisma.${name}.findUnique({ where: { id } });
  }

  async byState(state: ${type}State, take = 50) {
    return prisma.${name}.findMany({ where: { state }, orderBy: { id: "asc" }, take });
  }
${own
  .map(
    (field) => `
  async by${capital(field)}(${field}: string) {
    const found = await prisma.${name}.findMany({ where: { ${field} }, take: 200 });
    return found.filter((one) => one.state !== "failed");
  }

  async change${capital(field)}(id: string, ${field}: string) {
    const before = await this.byId(id);
    if (before === null || before.${field} === ${field}) return before;
    return prisma.${name}.update({ where: { id }, data: { ${field}, changedAt: new Date() } });
  }
`,
  )
  .join("")}}

export const repository = new ${type}Repository();
`,
  service: ({ type, other, otherType, own }) => `import { repository } from "./repository";
import { ${own.map((field) => `map${capital(field)}`).join(", ")} } from "./mapper";
import { assertAllowed } from "./policy";
import { notify } from "./events";
import { ${otherType}Service } from "../${other}/service";
import type { ${type} } from "./types";

export class ${type}Service {
  constructor(private readonly related?: ${otherType}Service) {}

  async find(id: string): Promise<${type} | undefined> {
    const row = await repository.byId(id);
    return row === null ? undefined : (row as unknown as ${type});
  }
${own
  .map(
    (field, i) => `
  async list${capital(field)}(${field}: string, user: { id: string; role: string }) {
    assertAllowed(user, "${field}");
    const rows = await repository.by${capital(field)}(${field});
    const out = [];
    for (const row of rows) {
      ${i % 3 === 0 ? "const related = await this.related?.find(row.id);" : `const related = row.${field}.length > ${i} ? row : undefined;`}
      out.push({ ...map${capital(field)}(row), related: related?.id ?? null });
    }
    return out;
  }

  async change${capital(field)}(ids: readonly string[], ${field}: string) {
    const changed = ${i % 2 === 0 ? `await Promise.all(ids.map((id) => repository.change${capital(field)}(id, ${field})))` : `[]`};
    ${i % 2 === 0 ? "" : `for (const id of ids) changed.push(await repository.change${capital(field)}(id, ${field}));`}
    if (changed.length > 0) await notify("${field}", ids);
    return changed.filter((one) => one !== null);
  }
`,
  )
  .join("")}}
`,
  mapper: ({ type, own }) =>
    own
      .map(
        (field) => `export interface Shown${type}${capital(field)} {
  id: string;
  label: string;
  weight: number;
}

export function map${capital(field)}(row: { id: string; ${field}: unknown; state: string }): Shown${type}${capital(field)} {
  const text = String(row.${field} ?? "").trim();
  const label = text === "" ? "(none)" : text.length > 40 ? \`\${text.slice(0, 37)}...\` : text;
  let weight = 0;
  for (let i = 0; i < label.length; i++) {
    const code = label.charCodeAt(i);
    weight = code > 96 && code < 123 ? weight + code - 96 : weight + 1;
  }
  switch (row.state) {
    case "new":
      return { id: row.id, label: \`* \${label}\`, weight: weight * 2 };
    case "closed":
      return { id: row.id, label, weight: 0 };
    default:
      return { id: row.id, label, weight };
  }
}
`,
      )
      .join("\n"),
  policy: ({ own }) => `export interface User {
  id: string;
  role: string;
}

const roles = new Map<string, ReadonlySet<string>>([
${own.map((field, i) => `  ["${field}", new Set(["admin", "${i % 2 === 0 ? "editor" : "viewer"}"])],`).join("\n")}
]);

export function isAllowed(user: User, field: string): boolean {
  return roles.get(field)?.has(user.role) ?? false;
}

export function assertAllowed(user: User, field: string): void {
  if (!isAllowed(user, field)) throw new Error(\`\${user.id} may not see \${field}\`);
}
${own
  .map(
    (field) => `
/** Who may change the ${field}, and why not. */
export function reasonAgainst${capital(field)}(user: User, value: { state: string; owner?: string }): string | undefined {
  if (user.role === "admin") return undefined;
  if (value.state === "closed") return "it is closed";
  if (value.owner !== undefined && value.owner !== user.id) return "it belongs to somebody else";
  return isAllowed(user, "${field}") ? undefined : "the role does not allow it";
}
`,
  )
  .join("")}`,
  events: ({ name, other, own }) => `import { handle as above } from "../${other}/events";

type Listener = (kind: string, ids: readonly string[]) => void | Promise<void>;
const listeners = new Map<string, Listener[]>();

export function listen(kind: string, listener: Listener): () => void {
  const list = listeners.get(kind) ?? [];
  list.push(listener);
  listeners.set(kind, list);
  return () => void list.splice(list.indexOf(listener), 1);
}

export async function notify(kind: string, ids: readonly string[]): Promise<void> {
  for (const listener of listeners.get(kind) ?? []) await listener(kind, ids);
}

export function handle(kind: string): string {
  return kind.startsWith("${name}") ? kind : kind.length > 64 ? above(kind.slice(1)) : kind;
}
${own
  .map(
    (field) => `
export const on${capital(field)} = (listener: Listener) =>
  listen("${field}", async (kind, ids) => {
    const unique = [...new Set(ids)].filter((id) => id !== "").sort();
    if (unique.length === 0) return;
    await listener(handle(kind), unique);
  });
`,
  )
  .join("")}`,
  routes: ({ name, type, own }) => `import { Router } from "express";
import { ${type}Service } from "./service";
import { ${own.map((field) => `read${capital(field)}`).join(", ")} } from "./validation";

export const router = Router();
const service = new ${type}Service();

router.get("/${name}/:id", async (req, res) => {
  const found = await service.find(req.params.id);
  if (found === undefined) return res.status(404).json({ error: "not found" });
  return res.json(found);
});
${own
  .map(
    (field) => `
router.get("/${name}/by-${field}/:value", async (req, res, next) => {
  try {
    const rows = await service.list${capital(field)}(req.params.value, (req as unknown as { user: { id: string; role: string } }).user);
    res.json({ rows, count: rows.length });
  } catch (error) {
    next(error);
  }
});

router.post("/${name}/${field}", async (req, res, next) => {
  const input = read${capital(field)}(req.body);
  if (!input.ok) return res.status(400).json({ problems: input.problems });
  try {
    return res.json(await service.change${capital(field)}(input.ids, input.value));
  } catch (error) {
    return next(error);
  }
});
`,
  )
  .join("")}`,
  validation: ({ own, pick }) => `export type Read = { ok: true; ids: string[]; value: string } | { ok: false; problems: string[] };

function idsOf(body: unknown, problems: string[]): string[] {
  const ids = (body as { ids?: unknown } | null)?.ids;
  if (!Array.isArray(ids)) problems.push("ids are missing");
  return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === "string") : [];
}
${own
  .map(
    (field) => `
export function read${capital(field)}(body: unknown): Read {
  const problems: string[] = [];
  const ids = idsOf(body, problems);
  const value = (body as Record<string, unknown> | null)?.["${field}"];
  if (typeof value !== "string") problems.push("${field} is missing");
  else if (value.length > ${20 + pick(200)}) problems.push("${field} is too long");
  else if (!/^[\\w .,-]*$/.test(value)) problems.push("${field} has characters that it may not have");
  if (ids.length > ${50 + pick(100)}) problems.push("too many ids");
  return problems.length > 0 || typeof value !== "string" ? { ok: false, problems } : { ok: true, ids, value };
}
`,
  )
  .join("")}`,
  report: ({ type, own }) => `import { prisma, repository } from "./repository";
import type { ${type} } from "./types";
${own
  .map(
    (field, i) => `
export async function report${capital(field)}(days: number) {
  const since = new Date(Date.now() - days * 86_400_000);
  const rows = await repository.by${capital(field)}(since.toISOString());
  const groups = new Map<string, { count: number; last: string }>();
  for (const row of rows) {
    const group = groups.get(row.${field}) ?? { count: 0, last: "" };
    group.count++;
    group.last = row.id > group.last ? row.id : group.last;
    groups.set(row.${field}, group);
  }
  ${i % 4 === 0 ? `await prisma.report.create({ data: { kind: "${field}", groups: groups.size } });` : `const total = [...groups.values()].reduce((sum, one) => sum + one.count, 0);`}
  return [...groups].map(([key, one]) => ({ key, ...one })).sort((a, b) => b.count - a.count);
}
`,
  )
  .join("")}
export type Reported = Pick<${type}, "id" | "state">;
`,
  index: ({ type, own }) => `export { ${type}Service } from "./service";
export { repository } from "./repository";
export { router } from "./routes";
export * from "./report";
export * from "./policy";
export type { ${type}, ${own.map((field) => `${type}${capital(field)}`).join(", ")} } from "./types";
`,
};

/**
 * Writes the tree; `count` files, rounded up to whole modules.
 *
 * @param {string} folder
 * @param {number} count
 * @returns {{ files: number, bytes: number }}
 */
export function writeTree(folder, count) {
  const modules = Math.ceil(count / filesOfModule);
  const name = (/** @type {number} */ i) =>
    `${areas[i % areas.length]}${capital(nouns[Math.floor(i / areas.length) % nouns.length] ?? "")}${i}`;
  let bytes = 0;
  const write = (/** @type {string} */ path, /** @type {string} */ text) => {
    writeFileSync(join(folder, path), text);
    bytes += Buffer.byteLength(text);
  };
  for (let i = 0; i < modules; i++) {
    const pick = numbers(i + 1);
    const other = name(Math.floor(i / 2));
    const own = [...fields.slice(i % 3), ...fields.slice(0, i % 3)].slice(0, 9 + (i % 4));
    const one = { name: name(i), type: capital(name(i)), other, otherType: capital(other), own, pick };
    if (i === 0) one.other = name(1);
    if (i === 0) one.otherType = capital(name(1));
    mkdirSync(join(folder, "src", one.name), { recursive: true });
    for (const [file, text] of Object.entries(files)) write(`src/${one.name}/${file}.ts`, text(one));
  }
  const app = Array.from({ length: modules }, (_, i) => `import { router as r${i} } from "./${name(i)}";`).join("\n");
  write(
    "src/app.ts",
    `import express from "express";\n${app}\n\nexport const app = express();\n${Array.from({ length: modules }, (_, i) => `app.use("/${i}", r${i});`).join("\n")}\napp.listen(3000);\n`,
  );
  write(
    "package.json",
    `${JSON.stringify({ name: "generated", private: true, dependencies: { express: "^5.0.0", "@prisma/client": "^6.0.0" } }, null, 2)}\n`,
  );
  write(
    "tsconfig.json",
    `${JSON.stringify({ compilerOptions: { strict: true, module: "nodenext", target: "es2023" }, include: ["src"] }, null, 2)}\n`,
  );
  return { files: modules * filesOfModule + 1, bytes };
}
