import { createServer } from "node:http";
import { DataTypes, Sequelize } from "sequelize";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg } = await backends("pg");
const sequelize = new Sequelize(pg, { dialect: "postgres", logging: false, define: { timestamps: false, underscored: true } });
const Customer = sequelize.define("customer", { name: DataTypes.STRING });
const Order = sequelize.define("order", { total: DataTypes.INTEGER });
const Item = sequelize.define("item", { title: DataTypes.STRING });
Order.belongsTo(Customer);
Order.hasMany(Item);

const server = createServer(
  answering(async (request, query) => {
    const limit = Number(query.get("limit"));
    if (request.url.startsWith("/eager")) {
      // clean: the relation is joined
      const orders = await Order.findAll({ limit, order: [["id", "ASC"]], include: [{ model: Customer, required: true }] });
      return orders.map((order) => order.customer.name);
    }
    // clean: once a request
    const orders = await Order.findAll({ limit, order: [["id", "ASC"]] });
    return request.url.startsWith("/items") ? Promise.all(orders.map(titlesOf)) : customersOf(orders);
  }),
);

async function customersOf(orders) {
  const names = [];
  for (const order of orders) {
    // expect: n+1
    const customer = await order.getCustomer();
    names.push(customer.name);
  }
  return names;
}

async function titlesOf(order) {
  // expect: n+1
  const items = await Item.findAll({ where: { orderId: order.id } });
  return items.map((item) => item.title);
}

const paths = ["/customers", "/items", "/eager"].flatMap((path) => [`${path}?limit=7`, `${path}?limit=18`]);
await drive(server, paths);
await sequelize.close();
