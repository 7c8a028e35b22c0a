import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
express().post("/readings", async (req, res) => {
  await prisma.reading.createMany({ data: req.body.readings });
  res.end();
});
