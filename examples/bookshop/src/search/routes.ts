import { Router } from "express";
import type { Popular } from "./popular.js";

export function searchRoutes(popular: Popular): Router {
  const router = Router();
  router.get("/terms", async (_request, response) => {
    response.json(await popular.terms());
  });
  router.get("/terms/top", async (_request, response) => {
    response.json(await popular.topTerms());
  });
  router.get("/views", async (_request, response) => {
    response.json(await popular.views());
  });
  router.get("/views/at-once", async (_request, response) => {
    response.json(await popular.viewsAtOnce());
  });
  router.post("/views", async (request, response) => {
    await popular.look(request.body.books);
    response.status(204).end();
  });
  return router;
}
