import express from "express";
import { PrismaClient } from "@prisma/client";

express().get("/count", async (req, res) => {
  const prisma = new PrismaClient(); // expect: db/connection-per-call
  res.json(await prisma.book.count());
});
