import express from "express";
import { createServer } from "node:http";
import { DataTypes, Sequelize } from "sequelize";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";

const { pg } = await backends("pg");
const sequelize = new Sequelize(pg, { dialect: "postgres", logging: false, define: { timestamps: false, underscored: true } });
const Customer = sequelize.define("customer", { name: DataTypes.STRING, tier: DataTypes.INTEGER });
const Order = sequelize.define("order", { customerId: DataTypes.INTEGER, total: DataTypes.INTEGER });

const app = express();
app.use(async (request, _, next) => {
  // clean: once a request, whoever asks
  request.user = await Customer.findByPk(Number(request.query.user));
  next();
});
app.get("/me", (request, response) => response.json(request.user));
app.get("/me/orders", async (request, response) => {
  // clean: once a request
  response.json(await Order.findAll({ where: { customerId: request.user.id } }));
});

/** A page of the shop asks for all of this at once, for the same user. */
const page = Array.from({ length: 12 }, (_, n) => `${n % 2 === 0 ? "/me" : "/me/orders"}?user=9`);
await drive(createServer(app), page, { together: true });
await sequelize.close();
