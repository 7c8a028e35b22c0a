import { get } from "node:http";
import { listen } from "./listen.js";

/**
 * Lets the server listen on a free port of the loopback, sends it the requests, one after the other or all `together`, prints what was
 * answered and closes the server. Throws when an answer is not 200.
 *
 * @param {import("node:http").Server} server
 * @param {readonly string[]} paths
 * @param {{ together?: boolean }} [options]
 */
export async function drive(server, paths, { together = false } = {}) {
  const port = await listen(server);
  const send = (path) =>
    new Promise((resolve, reject) => {
      get({ host: "127.0.0.1", port, path, agent: false }, (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (piece) => (body += piece));
        response.on("end", () => {
          console.log(`GET ${path} ${response.statusCode} ${body.length} bytes`);
          if (response.statusCode === 200) resolve(body);
          else reject(new Error(`GET ${path} answered ${response.statusCode}: ${body}`));
        });
      }).on("error", reject);
    });
  try {
    if (together) await Promise.all(paths.map(send));
    else for (const path of paths) await send(path);
  } finally {
    server.closeAllConnections?.();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** What a handler threw is answered with 500, so that nothing hangs. @param {(request: import("node:http").IncomingMessage, query: URLSearchParams) => unknown} handle */
export function answering(handle) {
  return async (request, response) => {
    try {
      const { searchParams } = new URL(request.url, "http://shop");
      const body = JSON.stringify(await handle(request, searchParams));
      response.writeHead(200, { "content-type": "application/json" });
      response.end(body);
    } catch (error) {
      response.writeHead(500);
      response.end(String(error?.stack ?? error));
    }
  };
}
