import { fixtures } from "../fixture.ts";

const sql = `import postgres from "postgres";\nconst sql = postgres("postgres://localhost");\n`;

export default fixtures({
  "reads and writes by their SQL": `${sql}
export async function run(id: number) {
  await sql\`select * from users where id = \${id}\`; //> db-read users list
  await sql\`insert into users (id) values (\${id})\`; //> db-write users
}`,
  "hands a tag on to a transaction": `${sql}
export async function inside() {
  await sql.begin(async (tx) => {
    await tx\`delete from sessions\`; //> db-write sessions
  });
}`,
  streams: `${sql}
export async function walk() {
  for await (const rows of sql\`select * from users\`.cursor(100)) console.log(rows); //> db-read users list
}`,
  "takes a tag inside a tag for a fragment": `${sql}
export async function part(active: boolean) {
  const where = active ? sql\`where active\` : sql\`\`;
  return await sql\`select * from users \${where}\`; //> db-read users list
}`,
  "nothing without a proven receiver": `
const sql = (parts: TemplateStringsArray) => parts.join("");
export const text = async () => await sql\`select * from users\`;`,
});
