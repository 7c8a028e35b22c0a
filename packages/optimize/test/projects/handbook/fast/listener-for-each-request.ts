import express from "express";
import { EventEmitter } from "node:events";

const stock = new EventEmitter();
express().get("/stock", (req, res) => {
  const send = (n: number) => res.write(`data: ${n}\n\n`);
  stock.on("change", send);
  req.on("close", () => stock.off("change", send));
});
