import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { answering, drive } from "../support/drive.js";

/** Each part of a name is compared with each other one: the square of the names. */
function similarities(names) {
  let alike = 0;
  for (const one of names) {
    for (const other of names) {
      // expect: event-loop-stall
      if (one !== other && one.slice(-4).localeCompare(other.slice(-4), "en", { sensitivity: "base" }) === 0) alike++;
    }
  }
  return alike;
}

const routes = {
  "/similar": (names) => similarities(names),
  "/lengths": (names) => {
    // clean: a fraction of a millisecond
    return names.reduce((sum, name) => sum + name.length, 0);
  },
  "/slow-but-idle": async (names) => {
    // clean: waits without keeping anybody from running
    await sleep(names.length / 2);
    return names.length;
  },
};

const server = createServer(
  answering((request, query) => {
    const names = Array.from({ length: Number(query.get("names")) }, (_, n) => `customer ${n}`);
    return routes[request.url.split("?")[0]](names);
  }),
);
await drive(
  server,
  Object.keys(routes).flatMap((path) => [`${path}?names=150`, `${path}?names=350`]),
);
