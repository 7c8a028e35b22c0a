import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
express().get("/dashboard", async (req, res) => {
  const [users, orders, visits] = await Promise.all([prisma.user.count(), prisma.order.count(), prisma.visit.count()]);
  res.json({ users, orders, visits });
});
