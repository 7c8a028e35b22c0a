import { tmpdir } from "node:os";
import { pathToFileURL } from "node:url";
import { Router } from "express";
import type { Covers } from "./covers.js";

export function imageRoutes(covers: Covers): Router {
  const router = Router();
  router.get("/sizes", async (_request, response) => {
    response.json(await covers.sizes());
  });
  router.get("/checksums", async (_request, response) => {
    response.json(await covers.checksums());
  });
  router.get("/checksums/in-turn", async (_request, response) => {
    response.json(await covers.checksumsInTurn());
  });
  router.post("/notes", async (request, response) => {
    await covers.append(pathToFileURL(`${tmpdir()}/bookshop-notes.txt`), request.body.lines);
    response.status(204).end();
  });
  return router;
}
