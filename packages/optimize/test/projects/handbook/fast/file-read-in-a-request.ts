import express from "express";
import { readFile } from "node:fs/promises";

express().get("/terms", async (req, res) => {
  res.send(await readFile("terms.html", "utf8"));
});
