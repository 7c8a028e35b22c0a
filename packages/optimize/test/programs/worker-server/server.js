import { createServer } from "node:http";
import { parentPort } from "node:worker_threads";
import { backends } from "../support/backends.js";
import { answering } from "../support/drive.js";

const { partner } = await backends("partner");

const server = createServer(
  answering(async (_, query) => {
    const ratings = [];
    for (let id = 1; id <= Number(query.get("limit")); id++) {
      // expect: n+1
      const response = await fetch(`${partner}/ratings/${id}`);
      ratings.push(await response.json());
    }
    return ratings;
  }),
);

server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
parentPort.once("message", () => {
  server.closeAllConnections();
  server.close();
});
