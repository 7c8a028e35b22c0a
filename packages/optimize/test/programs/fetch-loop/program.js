import { createServer } from "node:http";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { partner } = await backends("partner");
const idsOf = (query) => Array.from({ length: Number(query.get("limit")) }, (_, n) => n + 1);

const routes = {
  "/each": async (ids) => {
    const ratings = [];
    for (const id of ids) {
      // expect: n+1
      const response = await fetch(`${partner}/ratings/${id}`);
      ratings.push(await response.json());
    }
    return ratings;
  },
  "/at-once": (ids) =>
    Promise.all(
      ids.map(async (id) => {
        // expect: n+1
        const response = await fetch(`${partner}/ratings/${id}`);
        return response.json();
      }),
    ),
  "/batched": async (ids) => {
    // clean: one request for all of them
    const response = await fetch(`${partner}/ratings?ids=${ids.join(",")}`);
    return response.json();
  },
};

const server = createServer(answering((request, query) => routes[request.url.split("?")[0]](idsOf(query))));
await drive(
  server,
  Object.keys(routes).flatMap((path) => [`${path}?limit=7`, `${path}?limit=18`]),
);
