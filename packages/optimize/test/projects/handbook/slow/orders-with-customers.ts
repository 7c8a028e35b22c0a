import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
express().get("/orders", async (req, res) => {
  const orders = await prisma.order.findMany({ take: 200 });
  for (const order of orders) {
    order.customer = await prisma.customer.findFirst({ where: { id: order.customerId } }); // expect: db/n-plus-one
  }
  res.json(orders);
});
