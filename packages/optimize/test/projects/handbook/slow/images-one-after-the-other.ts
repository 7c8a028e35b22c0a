import express from "express";
import { readFile } from "node:fs/promises";

express().post("/album", async (req, res) => {
  const sizes: number[] = [];
  for (const name of req.body.names) {
    const image = await readFile(`images/${name}.png`); // expect: async/await-in-loop-independent
    sizes.push(image.length);
  }
  res.json(sizes);
});
