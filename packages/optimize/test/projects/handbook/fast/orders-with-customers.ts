import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
express().get("/orders", async (req, res) => {
  const orders = await prisma.order.findMany({ take: 200, include: { customer: true } });
  res.json(orders);
});
