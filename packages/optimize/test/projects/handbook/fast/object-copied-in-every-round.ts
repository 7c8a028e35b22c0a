import express from "express";
express().post("/index", (req, res) => {
  res.json(Object.fromEntries(req.body.rows.map((row: { id: string }) => [row.id, row])));
});
