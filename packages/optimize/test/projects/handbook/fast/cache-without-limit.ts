import express from "express";
import { LRUCache } from "lru-cache";

const pages = new LRUCache<string, string>({ max: 500 });
express().get("/pages/:name", (req, res) => {
  const { name } = req.params;
  if (!pages.has(name)) pages.set(name, name.toUpperCase());
  res.send(pages.get(name));
});
