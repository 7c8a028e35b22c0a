import express from "express";
import { readFile } from "node:fs/promises";

express().get("/terms", async (req, res) => {
  const [head, foot] = await Promise.all([readFile("terms-head.html", "utf8"), readFile("terms-foot.html", "utf8")]);
  res.send(`${head}${foot}`);
});
