import { platformFixtures } from "./fixture.ts";

export default platformFixtures({
  "p-map with a number, without, with one": `
import pMap from "p-map";
export async function run(ids: string[]) {
  await pMap(ids, (id) => fetch(id), { concurrency: 4 }); //> http-read in limited
  await pMap(ids, (id) => fetch(id)); //> http-read in parallel
  await pMap(ids, async (id) => { await fetch(id); }, { concurrency: 1 }); //> http-read in sequential
}`,
  "p-map with a number that is not known": `
import pMap from "p-map";
export async function run(ids: string[], concurrency: number) {
  await pMap(ids, (id) => fetch(id), { concurrency }); //> http-read in limited
}`,
  "p-limit around each element": `
import pLimit from "p-limit";
const limit = pLimit(5);
export async function run(ids: string[]) {
  await Promise.all(ids.map((id) => limit(() => fetch(id)))); //> http-read in limited
}`,
  "p-limit in an async callback": `
import pLimit from "p-limit";
export async function run(ids: string[]) {
  const limit = pLimit(5);
  const pages = await Promise.all(ids.map(async (id) => limit(async () => {
    const page = await fetch(id); //> http-read in limited
    return page.json();
  })));
  return pages;
}`,
  "p-limit handing on the arguments": `
import pLimit from "p-limit";
const limit = pLimit(5);
async function load(id: string) {
  return fetch(id); //> http-read in limited
}
export async function run(ids: string[]) {
  return Promise.all(ids.map((id) => limit(load, id)));
}`,
  "p-limit by a list of started promises": `
import pLimit from "p-limit";
const limit = pLimit(5);
export async function run(ids: string[]) {
  const started = [];
  for (const id of ids) started.push(limit(() => fetch(id))); //> http-read in limited
  await Promise.all(started);
}`,
  "a queue with slots": `
import PQueue from "p-queue";
const queue = new PQueue({ concurrency: 2 });
const open = new PQueue();
export async function run(ids: string[]) {
  await Promise.all(ids.map((id) => queue.add(() => fetch(id)))); //> http-read in limited
  await Promise.all(ids.map((id) => open.add(() => fetch(id)))); //> http-read in parallel
}`,
  "a semaphore": `
import { Semaphore } from "async-mutex";
const slots = new Semaphore(3);
export async function run(ids: string[]) {
  await Promise.all(ids.map((id) => slots.runExclusive(() => fetch(id)))); //> lock in limited, http-read in limited
}`,
  "all at once in slices": `
export async function run(ids: string[]) {
  for (let i = 0; i < ids.length; i += 10) {
    await Promise.all(ids.slice(i, i + 10).map((id) => fetch(id))); //> http-read in limited
  }
}`,
  "all at once in slices of another function": `
const chunk = <T>(list: T[], size: number): T[][] => {
  const out: T[][] = [];
  for (let i = 0; i < list.length; i += size) out.push(list.slice(i, i + size));
  return out;
};
export async function run(ids: string[]) {
  for (const part of chunk(ids, 10)) {
    await Promise.all(part.map((id) => fetch(id))); //> http-read in limited
  }
}`,
  "all at once in slices of lodash": `
import { chunk } from "lodash";
export async function run(ids: string[]) {
  for (const part of chunk(ids, 10)) {
    await Promise.all(part.map((id) => fetch(id))); //> http-read in limited
  }
}`,
  "all at once while there is some left": `
export async function run(ids: string[]) {
  while (ids.length > 0) {
    const part = ids.splice(0, 10);
    await Promise.all(part.map((id) => fetch(id))); //> http-read in limited
  }
}`,
  "async: in parallel, limited, one after the other": `
import async from "async";
export async function run(ids: string[]) {
  await async.each(ids, async (id) => { await fetch(id); }); //> http-read in parallel
  await async.mapLimit(ids, 5, async (id) => fetch(id)); //> http-read in limited
  await async.eachSeries(ids, async (id) => { await fetch(id); }); //> http-read in sequential
}`,
  "async by its subpath": `
import eachLimit from "async/eachLimit";
export const run = (ids: string[]) =>
  eachLimit(ids, 5, async (id: string) => { await fetch(id); }); //> http-read in limited
`,
  "async runs lists and objects of functions": `
import { parallel } from "async";
export async function run() {
  await parallel([
    async () => fetch("https://example.com/a"), //> http-read https://example.com/a
    async () => fetch("https://example.com/b"), //> http-read https://example.com/b
  ]);
  await parallel({ one: async () => fetch("https://example.com/c") }); //> http-read https://example.com/c
}`,
  "bluebird by statics and by members": `
import Promise from "bluebird";
export async function run(ids: string[]) {
  await Promise.map(ids, (id) => fetch(id), { concurrency: 3 }); //> http-read in limited
  await Promise.map(ids, (id) => fetch(id)); //> http-read in parallel
  await Promise.mapSeries(ids, (id) => fetch(id)); //> http-read in sequential
  await Promise.resolve(ids).map((id) => fetch(id)); //> http-read in parallel
  await Promise.all(ids.map((id) => fetch(id))); //> http-read in parallel
}`,
  "lodash calls back at once": `
import _ from "lodash";
import each from "lodash/forEach";
import fs from "node:fs";
export async function run(ids: string[]) {
  each(ids, (id) => { fs.readFileSync(id); }); //> file-read blocking in sequential
  await Promise.all(_.map(ids, (id) => fetch(id))); //> http-read in parallel
  await Promise.all(_(ids).filter((id) => id !== "").map((id) => fetch(id)).value()); //> http-read in parallel
}`,
  "p-all runs a list of functions": `
import pAll from "p-all";
export const run = () => pAll([
  () => fetch("https://example.com/a"), //> http-read https://example.com/a
], { concurrency: 2 });`,
  "nothing without a proven receiver": `
const pMap = (list: string[], f: (id: string) => unknown) => list.length + f.length;
export const run = (ids: string[]) => pMap(ids, (id) => fetch(id));`,
});
