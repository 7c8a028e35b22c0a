import { parseArgs } from "node:util";
import { startDatabase } from "./database.js";

const { values } = parseArgs({ options: { orders: { type: "string", default: "50" } } });
const database = await startDatabase(".data");
await database.seed(Number(values.orders));
console.log(
  `${await database.count("orders")} orders, ${await database.count("books")} books, ${await database.count("customers")} customers`,
);
await database.stop();
