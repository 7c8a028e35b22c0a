import { fork } from "node:child_process";
import { Agent, get } from "node:http";
import { fileURLToPath } from "node:url";

/** The server is a child of this process, as a process manager has it; this one only sends requests. */
const child = fork(fileURLToPath(new URL("server.js", import.meta.url)));
const port = await new Promise((resolve) => child.once("message", resolve));
const agent = new Agent();

for (const limit of [8, 20]) {
  await new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port, path: `/orders?limit=${limit}`, agent }, (response) => {
      console.log(`GET /orders?limit=${limit} ${response.statusCode}`);
      response.resume().on("end", () => (response.statusCode === 200 ? resolve() : reject(new Error("not 200"))));
    }).on("error", reject);
  });
}

child.send("stop");
process.exitCode = await new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
