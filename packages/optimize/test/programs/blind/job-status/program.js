import Fastify from "fastify";
import { setTimeout as sleep } from "node:timers/promises";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";

const { partner } = await backends("partner");

/** The partner renders a document in its own time; there is no call that waits for it. */
async function rendered(id, rounds, { every = 10, within = 5000 } = {}) {
  const end = Date.now() + within;
  while (Date.now() < end) {
    // clean: asks the same again until it is done
    const response = await fetch(`${partner}/jobs/${id}?rounds=${rounds}`);
    const job = await response.json();
    if (job.state === "done") return job;
    await sleep(every);
  }
  throw new Error(`job ${id} is not done after ${within} ms`);
}

const app = Fastify();
app.get("/documents/:id", (request) => rendered(`${request.params.id}-${process.pid}`, Number(request.query.rounds)));
await app.ready();
await drive(app.server, ["/documents/contract?rounds=6", "/documents/report?rounds=15"]);
await app.close();
