/** Real servers with the shop's rows in them; started once, when the first check asks for them. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "../programs/labels.js";
import { customers, sql } from "../programs/support/shop.js";
import { startServers } from "./servers.js";

const load = createRequire(join(root, "package.json"));
/** What each kind is called, and how it gets the shop's rows. */
export const kinds = {
  pg: { name: "PostgreSQL", fill: fillPostgres },
  mysql: { name: "MariaDB", fill: fillMysql },
  redis: { name: "Redis", fill: fillRedis },
};

async function fillPostgres(connectionString) {
  const { Client } = load("pg");
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(`drop schema public cascade; create schema public; ${sql}; analyze`);
  await client.end();
}

async function fillMysql(address) {
  const connection = await load("mysql2/promise").createConnection({ uri: address.replace(/\/shop$/, ""), multipleStatements: true });
  await connection.query(`drop database if exists shop; create database shop; use shop; ${sql}`);
  await connection.end();
}

async function fillRedis(address) {
  const Redis = load("ioredis");
  const client = new Redis(address);
  await client.flushall();
  await client.mset(...customers.flatMap(({ id, name }) => [`customer:${id}`, name]));
  client.disconnect();
}

/** @type {ReturnType<typeof startServers> | undefined} */
let starting;
const servers = () => (starting ??= startServers(Object.keys(kinds)));

/** @returns {Promise<{ addresses: Record<string, string>, notRun: string[] }>} What can be had of it, with the rows as they are at first. */
export async function filled(wanted) {
  if (wanted.length > 0 && !existsSync(join(root, "node_modules")))
    return { addresses: {}, notRun: [`the programs' packages, which fill ${kinds[wanted[0]].name}, are not installed (run.js --install)`] };
  const { addresses, notRun } = await servers();
  const there = wanted.filter((kind) => addresses[kind] !== undefined);
  for (const kind of there) await kinds[kind].fill(addresses[kind]);
  return {
    addresses: Object.fromEntries(there.map((kind) => [kind, addresses[kind]])),
    notRun: wanted.filter((kind) => !there.includes(kind)).map((kind) => `${kinds[kind].name} is not there: ${notRun[kind]}`),
  };
}

/** The address of one as it was started, or why it is not there. */
export async function realServer(kind) {
  const { addresses, notRun } = await servers();
  return addresses[kind] === undefined ? { why: `${kinds[kind].name} is not there: ${notRun[kind]}` } : { address: addresses[kind] };
}

export const stopServers = async () => (await starting)?.stop();
