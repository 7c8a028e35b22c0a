import { createServer } from "node:http";
import { Pool } from "undici";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { partner } = await backends("partner");
const pool = new Pool(partner, { connections: 3 });

async function rating(id) {
  // expect: n+1
  const { body } = await pool.request({ method: "GET", path: `/ratings/${id}` });
  return body.json();
}

const server = createServer(
  answering(async (_, query) => {
    const settled = await Promise.allSettled(Array.from({ length: Number(query.get("limit")) }, (_, n) => rating(n + 1)));
    return settled.map(({ value }) => value);
  }),
);
await drive(server, ["/ratings?limit=8", "/ratings?limit=21"]);
await pool.close();
