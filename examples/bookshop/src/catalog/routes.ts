import { Router } from "express";
import type { BooksRepository } from "./books-repository.js";
import type { Details } from "./details.js";
import type { Shelves } from "./shelves.js";

export function catalogRoutes(books: BooksRepository, shelves: Shelves, details: Details): Router {
  const router = Router();

  router.get("/", async (request, response) => {
    response.json(await books.page(Number(request.query["after"] ?? 0), 20));
  });

  router.get("/genre/:genre", async (request, response) => {
    response.json(await shelves.ofGenre(request.params.genre));
  });

  router.get("/shelf/:genre", async (request, response) => {
    response.json(await shelves.ofGenreInDatabase(request.params.genre));
  });

  router.get("/inventory", async (_request, response) => {
    response.json(await shelves.inventory());
  });

  router.get("/showcase", async (_request, response) => {
    response.json(await shelves.showcase());
  });

  router.get("/with-authors", async (_request, response) => {
    response.json(await details.withAuthors());
  });

  router.get("/:id", async (request, response) => {
    const book = await books.byId(Number(request.params.id));
    if (book === undefined) {
      response.status(404).end();
      return;
    }
    response.json({ ...book, author: await books.authorOf(book) });
  });

  router.get("/:id/details", async (request, response) => {
    response.json(await details.of(Number(request.params.id)));
  });

  router.get("/:id/together", async (request, response) => {
    response.json(await details.together(Number(request.params.id)));
  });

  router.get("/:id/similar", async (request, response) => {
    response.json(await details.similar(Number(request.params.id)));
  });

  return router;
}
