import { createServer } from "node:http";
import { answering, drive } from "../../support/drive.js";
import { letterhead, render } from "./render.js";

const server = createServer(
  answering(async (_, query) => {
    const lines = Array.from({ length: Number(query.get("lines")) }, (__, n) => `item ${n + 1}: ${(n * 37) % 900} cents`);
    return { bytes: (await render(letterhead, lines)).length };
  }),
);
await drive(server, ["/?lines=40", "/?lines=90", "/?lines=60"]);
