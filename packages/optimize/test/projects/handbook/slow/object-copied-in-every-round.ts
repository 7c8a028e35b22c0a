import express from "express";
express().post("/index", (req, res) => {
  res.json(req.body.rows.reduce((all: object, row: { id: string }) => ({ ...all, [row.id]: row }), {})); // expect: algo/accumulating-spread
});
