import express from "express";
import { setTimeout as sleep } from "node:timers/promises";

express().get("/weather", async (req, res) => {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      const answer = await fetch("https://weather.example.com/today", { signal: AbortSignal.timeout(2000) });
      return res.json(await answer.json());
    } catch {
      await sleep(100 * 2 ** attempt * Math.random());
    }
  }
  res.sendStatus(502);
});
