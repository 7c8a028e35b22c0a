import express from "express";
express().post("/new-names", (req, res) => {
  const known: string[] = req.body.known;
  const names: string[] = req.body.names;
  res.json(names.filter((name) => !known.includes(name))); // expect: algo/linear-lookup-in-loop
});
