import express from "express";

express().get("/weather", async (req, res) => {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      const answer = await fetch("https://weather.example.com/today", { signal: AbortSignal.timeout(2000) }); // expect: io/retry-without-backoff
      return res.json(await answer.json());
    } catch (error) {
      console.warn(error);
    }
  }
  res.sendStatus(502);
});
