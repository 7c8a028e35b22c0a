import { createServer } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import { answering, drive } from "../support/drive.js";

/** As much work as would stall the loop, in slices of a few hundred comparisons between which everybody else has a turn. */
async function similarities(names) {
  let alike = 0;
  for (const one of names) {
    // clean: a slice is far below a millisecond
    for (const other of names) if (one !== other && one.localeCompare(other, "en", { sensitivity: "base" }) === 0) alike++;
    await turn();
  }
  return alike;
}

const server = createServer(
  answering((_, query) => similarities(Array.from({ length: Number(query.get("names")) }, (_, n) => `customer ${n}`))),
);
await drive(server, ["/similar?names=150", "/similar?names=300"]);
