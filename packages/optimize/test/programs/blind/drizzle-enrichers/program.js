import Fastify from "fastify";
import { desc } from "drizzle-orm";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";
import { enrich } from "./enrichers.js";
import { connect, orders } from "./schema.js";

const { pg } = await backends("pg");
const { db, close } = connect(pg);
const app = Fastify();

app.get("/feed", async (request) => {
  // clean: once a request
  const page = await db.select().from(orders).orderBy(desc(orders.id)).limit(Number(request.query.size));
  return enrich(db, page);
});
await app.ready();

await drive(app.server, ["/feed?size=6", "/feed?size=20"]);
await app.close();
await close();
