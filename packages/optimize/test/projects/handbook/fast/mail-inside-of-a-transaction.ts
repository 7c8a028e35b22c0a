import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
express().post("/order", async (req, res) => {
  const order = await prisma.$transaction((tx) => tx.order.create({ data: req.body }));
  await fetch("https://mail.example.com/send", { method: "POST", body: order.id, signal: AbortSignal.timeout(2000) });
  res.end();
});
