import { createServer } from "node:http";
import { Worker } from "node:worker_threads";
import { answering, drive } from "../support/drive.js";

/** The same kind of work that stalls a loop, where it stalls nobody. */
const server = createServer(
  answering(
    (_, query) =>
      new Promise((resolve, reject) => {
        // clean: computed in a thread of its own
        const worker = new Worker(new URL("square.js", import.meta.url), { workerData: Number(query.get("names")) });
        worker.once("message", resolve);
        worker.once("error", reject);
      }),
  ),
);
await drive(server, ["/similar?names=150", "/similar?names=350"]);
