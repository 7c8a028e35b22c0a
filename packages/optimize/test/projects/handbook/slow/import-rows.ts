import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
express().post("/readings", async (req, res) => {
  for (const reading of req.body.readings) {
    await prisma.reading.create({ data: reading }); // expect: db/write-in-loop
  }
  res.end();
});
