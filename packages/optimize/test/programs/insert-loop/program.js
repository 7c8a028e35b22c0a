import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 2 });

const server = createServer(
  answering(async (request, query) => {
    const pages = Array.from({ length: Number(query.get("pages")) }, (_, n) => `/page/${n}`);
    const client = await pool.connect();
    try {
      // clean: once a request
      await client.query("begin");
      if (request.url.startsWith("/at-once")) {
        // clean: all rows in one statement
        await client.query("insert into visits (path) select unnest($1::text[])", [pages]);
      } else {
        for (const page of pages) {
          // expect: n+1
          await client.query("insert into visits (path) values ($1)", [page]);
        }
      }
      // clean: once a request
      await client.query("commit");
    } finally {
      client.release();
    }
    return pages.length;
  }),
);

await drive(server, ["/each?pages=8", "/each?pages=21", "/at-once?pages=8", "/at-once?pages=21"]);
await pool.end();
