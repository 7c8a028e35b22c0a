import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
express().get("/count", async (req, res) => {
  res.json(await prisma.book.count());
});
