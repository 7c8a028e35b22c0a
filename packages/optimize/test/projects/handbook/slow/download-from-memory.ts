import express from "express";
import { readFile } from "node:fs/promises";

express().get("/recordings/:name", async (req, res) => {
  res.send(await readFile(`recordings/${req.params.name}`)); // expect: io/response-not-streamed
});
