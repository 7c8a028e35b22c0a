import express from "express";
import { drizzle } from "drizzle-orm/node-postgres";
import { doublePrecision, pgTable, text } from "drizzle-orm/pg-core";

const sensors = pgTable("sensors", { name: text("name").primaryKey(), value: doublePrecision("value") });
const readings = pgTable("readings", { sensor: text("sensor"), value: doublePrecision("value") });
const db = drizzle(process.env.DATABASE_URL!);

express().post("/readings", async (req, res) => {
  const all = await db.select().from(sensors);
  for (const one of all) {
    await db.insert(readings).values({ sensor: one.name, value: one.value }); // expect: db/write-in-loop
  }
  res.end();
});
