import { once } from "node:events";
import { get } from "node:http";
import { Worker } from "node:worker_threads";

/** The server runs in a thread. */
const worker = new Worker(new URL("server.js", import.meta.url));
const [port] = await once(worker, "message");

for (const limit of [8, 20]) {
  const [response] = await once(get({ host: "127.0.0.1", port, path: `/ratings?limit=${limit}`, agent: false }), "response");
  console.log(`GET /ratings?limit=${limit} ${response.statusCode}`);
  if (response.statusCode !== 200) throw new Error("not 200");
  await once(response.resume(), "end");
}

worker.postMessage("stop");
await once(worker, "exit");
