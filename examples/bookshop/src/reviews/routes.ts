import { Router } from "express";
import type { ReviewBoard } from "./review-board.js";

export function reviewRoutes(board: ReviewBoard): Router {
  const router = Router();
  router.get("/latest", async (_request, response) => {
    response.json(await board.latest());
  });
  router.get("/of/:book/any", async (request, response) => {
    response.json({ reviewed: await board.hasReviews(Number(request.params.book)) });
  });
  router.get("/of/:book/exists", async (request, response) => {
    response.json({ reviewed: await board.hasAny(Number(request.params.book)) });
  });
  router.get("/of/:book/headline", async (request, response) => {
    response.json({ headline: await board.headline(Number(request.params.book)) });
  });
  router.post("/recount", async (_request, response) => {
    response.json({ books: await board.recount() });
  });
  router.post("/recount-at-once", async (_request, response) => {
    await board.recountAtOnce();
    response.status(204).end();
  });
  return router;
}
