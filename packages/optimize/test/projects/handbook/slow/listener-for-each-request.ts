import express from "express";
import { EventEmitter } from "node:events";

const stock = new EventEmitter();
express().get("/stock", (req, res) => {
  stock.on("change", (n) => res.write(`data: ${n}\n\n`)); // expect: mem/listener-leak
});
