import Fastify from "fastify";
import mongoose from "mongoose";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";

const { mongo } = await backends("mongo");
const connection = await mongoose.createConnection(mongo, { maxPoolSize: 4 }).asPromise();
const Customer = connection.model("Customer", new mongoose.Schema({ _id: Number, name: String, tier: Number }), "customers");
const orderSchema = new mongoose.Schema({ _id: Number, customer_id: Number, total: Number });
orderSchema.methods.present = async function present() {
  // expect: n+1
  const customer = await Customer.findById(this.customer_id).lean();
  return { id: this._id, total: this.total, customer: customer.name };
};
const Order = connection.model("Order", orderSchema, "orders");

const app = Fastify();
app.get("/orders", async (request) => {
  // clean: once a request
  const orders = await Order.find().limit(Number(request.query.limit));
  return Promise.all(orders.map((order) => order.present()));
});
await app.ready();

await drive(app.server, ["/orders?limit=6", "/orders?limit=18"]);
await app.close();
await connection.close();
