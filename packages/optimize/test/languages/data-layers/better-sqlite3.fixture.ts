import { fixtures } from "../fixture.ts";

const db = `import Database from "better-sqlite3";\nconst db = new Database("app.db");\n`;

export default fixtures({
  "blocks when a statement runs": `${db}
export function read(id: number) {
  const one = db.prepare("SELECT * FROM users WHERE id = ?").get(id); //> db-read users blocking
  const all = db.prepare("SELECT * FROM users").all(); //> db-read users list blocking
  db.prepare("INSERT INTO users (id) VALUES (?)").run(id); //> db-write users blocking
  db.exec("DELETE FROM sessions"); //> db-write sessions blocking
  return [one, all];
}`,
  "runs a prepared statement where it is called": `${db}
const insert = db.prepare("INSERT INTO logs (text) VALUES (?)");
export function log(text: string) {
  insert.run(text); //> db-write logs blocking
}`,
  "wraps a function in a transaction": `${db}
const all = db.transaction((ids: number[]) => {
  for (const id of ids) {
    db.prepare("DELETE FROM users WHERE id = ?").run(id); //> db-write users blocking
  }
});
export const clear = (ids: number[]) => all(ids);`,
  streams: `${db}
export function walk() {
  for (const row of db.prepare("SELECT * FROM users").iterate()) console.log(row); //> db-read users list blocking
}`,
  "nothing while a statement is only prepared": `${db}
export const pending = () => db.prepare("SELECT * FROM users");`,
  "nothing without a proven receiver": `
const db = { prepare: (text: string) => ({ all: () => [text] }) };
export const read = () => db.prepare("SELECT * FROM users").all();`,
});
