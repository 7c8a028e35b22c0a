import express from "express";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

express().get("/recordings/:name", async (req, res) => {
  await pipeline(createReadStream(`recordings/${req.params.name}`), res);
});
