import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { request } from "undici";
import { backends } from "../../support/backends.js";
import { answering, drive } from "../../support/drive.js";

const { partner } = await backends("partner");

class Unavailable extends Error {}

async function withBackoff(work, { attempts, first }) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Unavailable) || attempt === attempts) throw error;
      await sleep(first * 1.5 ** (attempt - 1));
    }
  }
}

async function balanceOf(account, failures) {
  // clean: asked again because it failed
  const { statusCode, body } = await request(`${partner}/flaky/${account}?failures=${failures}`);
  const answer = await body.json();
  if (statusCode === 503) throw new Unavailable(answer.error);
  return answer.value;
}

const server = createServer(
  answering((_, query) => withBackoff(() => balanceOf(query.get("account"), query.get("failures")), { attempts: 9, first: 4 })),
);
const account = `acc${process.pid}`;
await drive(server, [`/balance?account=${account}a&failures=3`, `/balance?account=${account}b&failures=7`]);
