import { fixtures } from "../fixture.ts";

export default fixtures({
  "reads and writes with callbacks": `
import { Database } from "sqlite3";
const db = new Database("app.db");
export function run(id: number, done: () => void) {
  db.get("SELECT * FROM users WHERE id = ?", [id], () => { //> db-read users
    db.all("SELECT * FROM orders", done); //> db-read orders list
  });
  db.run("DELETE FROM sessions", done); //> db-write sessions
}`,
  "reads with promises": `
import { open } from "sqlite";
export async function run() {
  const db = await open({ filename: "app.db" }); //> connect -
  return db.all("SELECT * FROM users"); //> db-read users list
}`,
  "nothing without a proven receiver": `
const db = { all: (text: string) => [text] };
export const read = () => db.all("SELECT * FROM users");`,
});
