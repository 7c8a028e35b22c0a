import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
express().get("/dashboard", async (req, res) => {
  const users = await prisma.user.count(); // expect: async/sequential-independent-awaits
  const orders = await prisma.order.count();
  const visits = await prisma.visit.count();
  res.json({ users, orders, visits });
});
