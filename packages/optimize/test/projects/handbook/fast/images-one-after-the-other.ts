import express from "express";
import { readFile } from "node:fs/promises";
import pMap from "p-map";

express().post("/album", async (req, res) => {
  const sizes = await pMap(req.body.names as string[], async (name) => (await readFile(`images/${name}.png`)).length, { concurrency: 8 });
  res.json(sizes);
});
