import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { deflateSync, gzip } from "node:zlib";

// clean: once, while the program starts
export const letterhead = readFileSync(new URL("program.js", import.meta.url), "utf8");

const compress = promisify(gzip);

export async function render(head, lines) {
  const page = `${head}\n${lines.join("\n").repeat(200)}`;
  // expect: sync-in-request
  const stream = deflateSync(page, { level: 9 });
  // clean: in a thread of Node's own
  const whole = await compress(Buffer.concat([Buffer.from("%PDF-1.7\n"), stream]));
  return whole;
}
