import { createServer } from "node:http";
import mongodb from "mongodb";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { mongo } = await backends("mongo");
const client = await new mongodb.MongoClient(mongo).connect();
const shop = client.db();

const server = createServer(
  answering(async (_, query) => {
    const lines = [];
    // clean: one cursor a request
    for await (const order of shop
      .collection("orders")
      .find()
      .limit(Number(query.get("limit")))) {
      // expect: n+1
      const items = await shop.collection("items").find({ order_id: order._id }).toArray();
      lines.push(...items.map(({ title }) => title));
    }
    return lines;
  }),
);

await drive(server, ["/lines?limit=6", "/lines?limit=16"]);
await client.close();
