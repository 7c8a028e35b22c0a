import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
express().get("/streets", async (req, res) => {
  res.json(await prisma.street.findMany({ take: 20_000, orderBy: { id: "asc" } })); // expect: io/no-response-compression
});
