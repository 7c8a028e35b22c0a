import type { FrameworkFixture } from "./fixture.ts";

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "procedures are named by the maps that are served",
    files: {
      "src/base.ts": `import { os } from "@orpc/server";
export const open = os.$context<{ user?: string }>();
export const closed = open.use(async ({ context, next }) => next({ context }));`,
      "src/users.ts": `import { closed, open } from "./base";
export const users = {
  list: open.route({ method: "GET", path: "/users" }).handler(async () => []),
  rename: closed.input({}).output({}).handler(async ({ input }) => input),
};`,
      "src/app.ts": `import { RPCHandler } from "@orpc/server/fetch";
import { open } from "./base";
import { users } from "./users";
const router = { users, ping: open.handler(() => "pong") };
export const handler = new RPCHandler(router, { plugins: [] });`,
    },
    expect: ["procedure ping", "procedure users.list", "procedure users.rename"],
  },
  {
    title: "a contract is implemented",
    files: {
      "src/app.ts": `import { implement } from "@orpc/server";
import { contract } from "./contract";
const os = implement(contract);
const list = os.planet.list.handler(async () => []);
export const router = os.router({ planet: { list } });`,
      "src/contract.ts": `export const contract = { planet: { list: {} } };`,
    },
    expect: ["procedure planet.list"],
  },
  {
    title: "procedures that nobody serves are no entries",
    files: {
      "src/app.ts": `import { os } from "@orpc/server";
export const list = os.handler(async () => []);`,
    },
    expect: [],
  },
];

export default fixtures;
