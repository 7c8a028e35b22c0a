import { createServer } from "node:http";
import { drive } from "../support/drive.js";

/** Everything at once: the text is made in one go, and nobody else runs meanwhile. */
function rowsOf(count) {
  return Array.from({ length: count }, (_, id) => ({
    id,
    name: `customer "${id}"`,
    tags: [`tag-${id % 7}`, "é", null],
    at: new Date(id * 1000),
  }));
}

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url, "http://shop");
  const rows = rowsOf(Number(searchParams.get("rows")));
  // expect: event-loop-stall
  const text = JSON.stringify(Array.from({ length: 40 }, () => rows));
  response.end(String(text.length));
});

await drive(server, ["/export?rows=2000", "/export?rows=6000"]);
