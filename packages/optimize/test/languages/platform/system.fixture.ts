import { platformFixtures } from "./fixture.ts";

export default platformFixtures({
  "reads and writes files": `
import fs, { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
export async function load(path: string) {
  const one = readFileSync(path); //> file-read blocking
  const two = await readFile(path); //> file-read
  const three = await fs.promises.readFile(path); //> file-read
  fs.writeFileSync(path, one); //> file-write blocking
  fs.readFile(path, () => {}); //> file-read
  return [one, two, three];
}`,
  "without the prefix, by require, destructured": `
const { statSync } = require("fs");
const fsp = require("fs").promises;
exports.check = async function (path) {
  await fsp.stat(path); //> file-read
  return statSync(path); //> file-read blocking
};`,
  "reads files one after the other": `
import { readFile } from "node:fs/promises";
export async function all(paths: string[]) {
  for (const path of paths) await readFile(path); //> file-read in sequential
}`,
  "a promisified read is a read": `
import { promisify } from "node:util";
import { readFile } from "fs";
const read = promisify(readFile);
export const load = (path: string) =>
  read(path); //> file-read
`,
  "reads a handle": `
import { open } from "node:fs/promises";
export async function head(path: string) {
  const file = await open(path); //> file-read
  for await (const line of file.readLines()) console.log(line); //> file-read stream
  await file.close();
}`,
  "waits for other processes": `
import { execSync, exec, spawn } from "child_process";
import { promisify } from "util";
import { execa } from "execa";
const run = promisify(exec);
export async function build() {
  execSync("make"); //> process blocking
  await run("make"); //> process
  spawn("make"); //> process
  await execa("make"); //> process
}`,
  "derives keys": `
import crypto from "crypto";
import bcrypt from "bcrypt";
export async function hash(word: string, salt: string) {
  crypto.pbkdf2Sync(word, salt, 1000, 32, "sha256"); //> cpu blocking
  crypto.scrypt(word, salt, 64, () => {}); //> cpu
  bcrypt.hashSync(word, 10); //> cpu blocking
  await bcrypt.hash(word, 10); //> cpu
  return crypto.createHash("sha256").update(word).digest("hex");
}`,
  "opens browsers, which ask nobody by themselves": `
import puppeteer from "puppeteer";
import { chromium } from "playwright";
export async function shots(addresses: string[]) {
  const browser = await puppeteer.launch();
  const other = await chromium.launch();
  const context = await other.newContext();
  for (const address of addresses) {
    const page = await browser.newPage();
    await page.goto(address);
    await page.close();
  }
  await context.close();
  await browser.close();
}`,
  "changes pictures at the end of the chain": `
import sharp from "sharp";
export async function thumbnails(paths: string[]) {
  for (const path of paths) {
    const image = sharp(path).rotate();
    await image.metadata();
    await image.resize(200).webp().toBuffer(); //> cpu in sequential
    await image.clone().toFile(path + ".webp"); //> file-write in sequential
  }
}`,
  compresses: `
import zlib from "zlib";
export function pack(body: Buffer) {
  zlib.gzip(body, () => {}); //> cpu
  return zlib.gzipSync(body); //> cpu blocking
}`,
  "nothing without a proven receiver": `
const fs = { readFileSync: (path: string) => path, promises: { readFile: async (path: string) => path } };
const crypto = { pbkdf2Sync: () => 1 };
function execSync(text: string) { return text; }
export async function load(path: string) {
  execSync(path);
  crypto.pbkdf2Sync();
  await fs.promises.readFile(path);
  return fs.readFileSync(path);
}`,
});
