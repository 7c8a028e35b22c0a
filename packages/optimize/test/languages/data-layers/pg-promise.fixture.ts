import { fixtures } from "../fixture.ts";

const db = `import pgPromise from "pg-promise";\nconst db = pgPromise()("postgres://localhost");\n`;

export default fixtures({
  "reads one and many, writes": `${db}
export async function run(id: number) {
  await db.one("SELECT * FROM users WHERE id = $1", [id]); //> db-read users
  await db.any("SELECT * FROM users"); //> db-read users list
  await db.none("DELETE FROM sessions WHERE user_id = $1", [id]); //> db-write sessions
}`,
  "hands the protocol on to a transaction": `${db}
export async function inside() {
  await db.tx(async (t) => {
    await t.none("INSERT INTO accounts (id) VALUES (1)"); //> db-write accounts
  });
}`,
  "nothing without a proven receiver": `
const db = { any: async (text: string) => [text] };
export const read = async () => await db.any("SELECT * FROM users");`,
});
