import { parseArgs } from "node:util";
import { startEverything } from "./shop.js";

const { values } = parseArgs({ options: { orders: { type: "string", default: "50" }, port: { type: "string", default: "4000" } } });
const shop = await startEverything({ orders: Number(values.orders), port: Number(values.port), folder: ".data" });
console.log(`Bookshop at ${shop.url}/orders`);
