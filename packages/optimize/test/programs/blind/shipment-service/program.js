import Fastify from "fastify";
import pg from "pg";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";
import { CustomerStore, OrderStore } from "./stores.js";
import { ShipmentService } from "./shipment-service.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 5 });
const service = new ShipmentService({ orders: new OrderStore(pool), customers: new CustomerStore(pool) });

const app = Fastify();
app.get("/shipments", async (request) => ({ shipments: await service.plan({ count: Number(request.query.count) }) }));
await app.ready();

await drive(app.server, ["/shipments?count=6", "/shipments?count=22"]);
await app.close();
await pool.end();
