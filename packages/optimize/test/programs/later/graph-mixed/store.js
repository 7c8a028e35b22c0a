import knex from "knex";

export function store(connection) {
  const db = knex({ client: "pg", connection, pool: { min: 0, max: 5 } });
  return {
    // clean: once a request
    latest: (first) => db("orders").select("id", "customer_id", "total").orderBy("id", "desc").limit(first),
    async customersByIds(ids) {
      // clean: one statement for all buyers
      const rows = await db("customers").whereIn("id", ids);
      return ids.map((id) => rows.find((row) => row.id === id));
    },
    itemsOf(order) {
      // expect: n+1
      return db("items").where({ order_id: order.id }).select("title");
    },
    close: () => db.destroy(),
  };
}
