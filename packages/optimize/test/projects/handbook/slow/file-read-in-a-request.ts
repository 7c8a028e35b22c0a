import express from "express";
import { readFileSync } from "node:fs";

express().get("/terms", (req, res) => {
  res.send(readFileSync("terms.html", "utf8")); // expect: io/sync-in-request-path
});
