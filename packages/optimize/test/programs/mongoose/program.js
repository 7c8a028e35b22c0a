import { createServer } from "node:http";
import mongoose from "mongoose";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { mongo } = await backends("mongo");
await mongoose.connect(mongo, { autoIndex: false, autoCreate: false });
const Customer = mongoose.model("customers", new mongoose.Schema({ _id: Number, name: String }));
const Order = mongoose.model("orders", new mongoose.Schema({ _id: Number, customer_id: { type: Number, ref: "customers" } }));

const server = createServer(
  answering(async (request, query) => {
    const limit = Number(query.get("limit"));
    if (request.url.startsWith("/populated")) {
      // clean: populate asks for all customers at once
      const orders = await Order.find().sort("_id").limit(limit).populate("customer_id");
      return orders.map((order) => order.customer_id.name);
    }
    // clean: once a request
    const orders = await Order.find().sort("_id").limit(limit).lean();
    return Promise.all(
      orders.map(async (order) => {
        // expect: n+1
        const customer = await Customer.findById(order.customer_id);
        return customer.name;
      }),
    );
  }),
);

await drive(server, ["/orders?limit=7", "/orders?limit=19", "/populated?limit=7", "/populated?limit=19"]);
await mongoose.disconnect();
