import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";
const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 2 });
class Orders {
    #limit;
    constructor(limit) {
        this.#limit = limit;
    }
    async latest() {
        const { rows } = await pool.query("select id, customer_id from orders order by id limit $1", [this.#limit]);
        return rows;
    }
    async withCustomers() {
        const list = [];
        for (const order of await this.latest()) {
            const { rows } = await pool.query("select name from customers where id = $1", [order.customer_id]);
            list.push({ ...order, name: rows[0]?.name ?? "" });
        }
        return list;
    }
}
const server = createServer(answering((_, query) => new Orders(Number(query.get("limit"))).withCustomers()));
await drive(server, ["/orders?limit=8", "/orders?limit=20"]);
await pool.end();
//# sourceMappingURL=program.js.map