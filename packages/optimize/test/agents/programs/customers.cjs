"use strict";
/** A server that looks at addresses itself, and hands customers' words on to others; what it is asked for comes from its environment. */
const http = require("node:http");

const { paths, tenant } = JSON.parse(process.env.ASKED);
const answers = http.createServer((_, response) => response.end("ok"));
const server = http.createServer((request, response) => {
  const [, name, customer, action] = request.url.split("/");
  if (name !== "users" || !["settings", undefined].includes(action)) return response.writeHead(404).end();
  http.get({ port: answers.address().port, path: `/accounts/${customer}/invoices?${customer}=1` }, (answer) =>
    answer.resume().on("end", () => response.end()),
  );
});

async function main() {
  for (const one of [answers, server]) await new Promise((resolve) => one.listen(0, "127.0.0.1", resolve));
  for (const path of paths)
    await new Promise((resolve) =>
      http.get({ port: server.address().port, path, agent: false }, (answer) => answer.resume().on("end", resolve)),
    );
  await fetch(`http://${tenant}.invalid/accounts/all`).catch(() => undefined);
  for (const one of [answers, server]) one.close();
}

void main();
