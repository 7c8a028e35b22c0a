import { parentPort, workerData } from "node:worker_threads";

const names = Array.from({ length: workerData }, (_, n) => `customer ${n}`);
let alike = 0;
for (const one of names) {
  for (const other of names) {
    // clean: nobody waits for this thread's loop
    if (one !== other && one.slice(-4).localeCompare(other.slice(-4), "en", { sensitivity: "base" }) === 0) alike++;
  }
}
parentPort.postMessage(alike);
