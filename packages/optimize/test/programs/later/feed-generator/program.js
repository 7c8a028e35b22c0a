import express from "express";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";
import { Feed } from "./feed.js";

const { pg } = await backends("pg");
const feed = new Feed(pg);

const app = express();
app.get("/feed", (request, response, next) => {
  const lines = Readable.from(feed.entries(Number(request.query.limit))).map((entry) => `${JSON.stringify(entry)}\n`);
  lines.once("error", next);
  lines.pipe(response.type("application/x-ndjson"));
});

await drive(createServer(app), ["/feed?limit=8", "/feed?limit=21"]);
await feed.close();
