import { createHash } from "node:crypto";
import { open, readFile, readdir, stat } from "node:fs/promises";
import pLimit from "p-limit";
import { assets } from "../config.js";

const folder = new URL("images/", assets);

const digest = (content: Buffer): string => createHash("sha256").update(content).digest("hex");

export class Covers {
  /** Slow on purpose: each file waits for the one before it. */
  async sizes(): Promise<number[]> {
    const sizes: number[] = [];
    for (const name of await readdir(folder)) {
      const { size } = await stat(new URL(name, folder));
      sizes.push(size);
    }
    return sizes;
  }

  /** Slow on purpose: opens every file at the same time. */
  async checksums(): Promise<string[]> {
    const names = await readdir(folder);
    return Promise.all(names.map(async (name) => digest(await readFile(new URL(name, folder)))));
  }

  /** Four files at a time. */
  async checksumsInTurn(): Promise<string[]> {
    const names = await readdir(folder);
    const limit = pLimit(4);
    return Promise.all(names.map((name) => limit(async () => digest(await readFile(new URL(name, folder))))));
  }

  /** Appends in order: the file is one, and so is its end. */
  async append(target: URL, lines: readonly string[]): Promise<void> {
    const file = await open(target, "a");
    try {
      for (const line of lines) await file.appendFile(`${line}\n`);
    } finally {
      await file.close();
    }
  }
}
