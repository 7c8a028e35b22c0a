import { platformFixtures } from "./fixture.ts";

export default platformFixtures({
  "a loader asks for many keys at once": `
import DataLoader from "dataloader";
import { Pool } from "pg";
const pool = new Pool();
const users = new DataLoader(async (ids: readonly string[]) => {
  const { rows } = await pool.query("SELECT * FROM users WHERE id = ANY($1)", [ids]); //> db-read list
  return rows;
});
export const all = (ids: string[]) => Promise.all(ids.map((id) => users.load(id)));`,
  "a memoized function asks once for many calls": `
import memoize from "memoizee";
async function load(id: string) {
  return fetch(id); //> http-read in parallel memoized
}
const once = memoize(load, { promise: true });
export const all = (ids: string[]) => Promise.all(ids.map((id) => once(id)));`,
  "lodash remembers": `
import { memoize } from "lodash";
const once = memoize(async (id: string) => fetch(id)); //> http-read in sequential memoized
export async function all(ids: string[]) {
  for (const id of ids) await once(id);
}`,
  "a store that fills itself": `
import { caching } from "cache-manager";
export async function all(ids: string[]) {
  const store = await caching("memory");
  for (const id of ids) {
    await store.wrap(id, async () => fetch(id)); //> http-read in sequential memoized
  }
}`,
  "a retry runs its function": `
import pRetry from "p-retry";
import retry from "async-retry";
export async function load(ids: string[]) {
  await pRetry(() => fetch("https://example.com/a"), { retries: 3 }); //> http-read https://example.com/a
  for (const id of ids) {
    await retry(async () => fetch(id), { retries: 3 }); //> http-read in sequential
  }
}`,
  "nothing without a proven receiver": `
class DataLoader { constructor(readonly f: (ids: string[]) => unknown) {} load(id: string) { return id; } }
const users = new DataLoader((ids) => ids.length);
export const join = (ids: string[]) =>
  fetch(ids.join()); //> http-read

export const one = (id: string) => users.load(id);`,
});
