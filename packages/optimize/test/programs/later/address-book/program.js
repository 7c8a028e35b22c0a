import { createServer } from "node:http";
import { DataTypes, Sequelize } from "sequelize";
import { backends } from "../../support/backends.js";
import { answering, drive } from "../../support/drive.js";

const { pg } = await backends("pg");
const sequelize = new Sequelize(pg, { dialect: "postgres", logging: false, define: { timestamps: false, underscored: true } });
const Customer = sequelize.define("customer", { name: DataTypes.STRING });
const Order = sequelize.define("order", { total: DataTypes.INTEGER });
Customer.hasMany(Order);

async function withTotals(entries) {
  const cards = [];
  for (const entry of entries) {
    // expect: n+1
    const orders = await entry.getOrders();
    cards.push({ name: entry.name, spent: orders.reduce((sum, { total }) => sum + total, 0) });
  }
  return cards;
}

const pages = {
  async book(limit) {
    // clean: once a request
    const entries = await Customer.findAll({ limit, order: [["name", "ASC"]] });
    return withTotals(entries);
  },
  // clean: both tables in one statement or two
  eager: (limit) => Customer.findAll({ limit, include: [Order] }),
};

const server = createServer(answering((request, query) => pages[request.url.slice(1).split("?")[0]](Number(query.get("limit")))));
await drive(server, ["/book?limit=6", "/book?limit=19", "/eager?limit=6", "/eager?limit=19"]);
await sequelize.close();
