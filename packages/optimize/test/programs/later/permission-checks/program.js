import fastify from "fastify";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";
import { openAccounts } from "./accounts.js";

const { pg } = await backends("pg");
const accounts = openAccounts(pg);

const can = {
  read: async (user) => (await accounts.tierOf(user)) >= 0,
  write: async (user) => (await accounts.tierOf(user)) >= 1,
  remove: async (user) => (await accounts.tierOf(user)) >= 2,
};

const app = fastify();
app.get("/documents/:id", async (request) => {
  const user = Number(request.query.user);
  if (!(await can.read(user))) return { forbidden: true };
  const document = await accounts.documentOf(Number(request.params.id));
  const actions = [];
  if (await can.write(user)) actions.push("write");
  if (await can.remove(user)) actions.push("remove");
  return { document, actions };
});

await app.ready();
await drive(app.server, ["/documents/3?user=1", "/documents/4?user=2", "/documents/5?user=3"]);
await accounts.close();
