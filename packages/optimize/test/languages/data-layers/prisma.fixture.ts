import { fixtures } from "../fixture.ts";

const client = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;

export default fixtures({
  "reads one, many, a number": `${client}
export async function read(id: number) {
  await prisma.user.findUnique({ where: { id } }); //> db-read user batched
  await prisma.user.findFirst({ where: { id } }); //> db-read user
  await prisma.user.findMany({ where: { teamId: id } }); //> db-read user list
  return prisma.user.count(); //> db-read user
}`,
  "writes one": `${client}
export async function write(id: number) {
  await prisma.user.create({ data: { id } }); //> db-write user
  await prisma.user.update({ where: { id }, data: {} }); //> db-write user
  await prisma.user.upsert({ where: { id }, create: {}, update: {} }); //> db-write user
  await prisma.user.delete({ where: { id } }); //> db-write user
}`,
  "writes many in one statement": `${client}
export async function write(rows: object[]) {
  await prisma.user.createMany({ data: rows }); //> db-write user bulk
  await prisma.user.updateMany({ data: {} }); //> db-write user bulk
  await prisma.user.deleteMany(); //> db-write user bulk
}`,
  "loads relations with the rows": `${client}
export const withPosts = () =>
  prisma.user.findMany({ include: { posts: true } }); //> db-read user list
`,
  "hands the client on to a transaction": `${client}
export async function move(id: number) {
  return prisma.$transaction(async (tx) => {
    await tx.account.update({ where: { id }, data: {} }); //> db-write account
    return tx.entry.create({ data: { id } }); //> db-write entry
  });
}`,
  "takes a list of statements as a transaction": `${client}
export const both = (id: number) => prisma.$transaction([
  prisma.user.delete({ where: { id } }), //> db-write user
  prisma.post.deleteMany({ where: { authorId: id } }), //> db-write post bulk
]);`,
  "reads SQL from templates": `${client}
export async function raw(id: number) {
  await prisma.$queryRaw\`SELECT * FROM orders WHERE id = \${id}\`; //> db-read orders list
  await prisma.$executeRaw\`UPDATE orders SET paid = true WHERE id = \${id}\`; //> db-write orders
}`,
  "knows a service that extends the client": `
import { PrismaClient } from "@prisma/client";
class Database extends PrismaClient {}
export class Users {
  constructor(private readonly database: Database) {}
  all() {
    return this.database.user.findMany(); //> db-read user list
  }
}`,
  "knows the handle of a transaction by its annotation": `
import type { Prisma } from "@prisma/client";
export async function inside(tx: Prisma.TransactionClient) {
  await tx.user.findMany(); //> db-read user list
}`,
  "nothing without a proven receiver": `
const memory = { user: { findMany: () => [], create: (row: object) => row } };
export function read() {
  memory.user.create({});
  return memory.user.findMany();
}`,
});
