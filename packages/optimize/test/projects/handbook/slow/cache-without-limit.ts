import express from "express";
const pages = new Map<string, string>();
express().get("/pages/:name", (req, res) => {
  const { name } = req.params;
  if (!pages.has(name)) pages.set(name, name.toUpperCase()); // expect: mem/unbounded-module-cache
  res.send(pages.get(name));
});
