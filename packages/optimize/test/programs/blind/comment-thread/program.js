import express from "express";
import { createServer } from "node:http";
import createKnex from "knex";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";

const { pg: connection } = await backends("pg");
const knex = createKnex({ client: "pg", connection, pool: { min: 0, max: 3 } });
await knex.raw("drop table if exists comments");
await knex.raw("create table comments (id int primary key, parent_id int, post_id int not null, body text not null)");
const seed = (post, first, size) =>
  Array.from({ length: size }, (_, n) => ({
    id: first + n,
    parent_id: n === 0 ? null : first + Math.floor((n - 1) / 3),
    post_id: post,
    body: `comment ${n}`,
  }));
await knex("comments").insert([...seed(1, 1, 7), ...seed(2, 101, 25)]);

/** Walks down the replies, one level of nesting at a time. */
async function withReplies(comment) {
  // expect: n+1
  const replies = await knex("comments").where({ parent_id: comment.id }).orderBy("id");
  const nested = [];
  for (const reply of replies) nested.push(await withReplies(reply));
  return { id: comment.id, body: comment.body, replies: nested };
}

const app = express();
app.get("/posts/:id/thread", async (request, response) => {
  // clean: once a request
  const top = await knex("comments").where({ post_id: request.params.id }).whereNull("parent_id").first();
  response.json(await withReplies(top));
});

await drive(createServer(app), ["/posts/1/thread", "/posts/2/thread"]);
await knex.destroy();
