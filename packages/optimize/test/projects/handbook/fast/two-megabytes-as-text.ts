import compression from "compression";
import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
const app = express();
app.use(compression({ threshold: 1024 }));
app.get("/streets", async (req, res) => {
  res.json(await prisma.street.findMany({ take: 20_000, orderBy: { id: "asc" } }));
});
