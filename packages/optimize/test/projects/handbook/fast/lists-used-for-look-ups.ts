import express from "express";
express().post("/new-names", (req, res) => {
  const known = new Set<string>(req.body.known);
  const names: string[] = req.body.names;
  res.json(names.filter((name) => !known.has(name)));
});
