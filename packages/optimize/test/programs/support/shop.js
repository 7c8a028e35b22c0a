/** The data that every backend holds: a small shop, the same rows in SQL, Redis, MongoDB's protocol and behind HTTP. */

const rows = 60;
const numbers = Array.from({ length: rows }, (_, n) => n + 1);

export const customers = numbers.map((id) => ({ id, name: `customer ${id}`, tier: id % 3 }));
/** Every order has a customer of its own, so that a batch is as long as the list. */
export const orders = numbers.map((id) => ({ id, customer_id: rows + 1 - id, total: 100 + id }));
export const items = numbers.flatMap((order_id) =>
  [1, 2].map((place) => ({ id: order_id * 10 + place, order_id, title: `item ${order_id}-${place}`, cents: 50 * place })),
);
export const tables = { customers, orders, items };

const literal = (value) => (typeof value === "number" ? String(value) : `'${value}'`);

/** Statements that make and fill the tables in PostgreSQL and MariaDB. */
export const sql = Object.entries(tables)
  .map(([name, list]) => {
    const columns = Object.entries(list[0]).map(([column, value]) => {
      const type = typeof value === "number" ? "int" : "text";
      return `${column} ${type}${column === "id" ? " primary key" : " not null"}`;
    });
    const values = list.map((row) => `(${Object.values(row).map(literal).join(", ")})`);
    return `create table ${name} (${columns.join(", ")}); insert into ${name} values ${values.join(", ")};`;
  })
  .concat("create table visits (path text not null, at timestamp not null default now()); create index items_by_order on items (order_id);")
  .join("\n");
