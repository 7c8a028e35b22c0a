import express from "express";
import { readFile } from "node:fs";

express().get("/terms", (req, res) => {
  readFile("terms-head.html", "utf8", (failed, head) => {
    readFile("terms-foot.html", "utf8", (wrong, foot) => { // expect: async/nested-callbacks
      res.send(`${head}${foot}`);
    });
  });
});
