import type { FrameworkFixture } from "./fixture.ts";

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "procedures are named by the maps that hold them",
    files: {
      "src/trpc.ts": `import { initTRPC } from "@trpc/server";
const t = initTRPC.context<{ user: string }>().create();
export const router = t.router;
export const publicProcedure = t.procedure;
export const protectedProcedure = t.procedure.use(async ({ ctx, next }) => next({ ctx }));`,
      "src/users.ts": `import { protectedProcedure, publicProcedure, router } from "./trpc";
export const users = router({
  list: publicProcedure.query(async () => []),
  rename: protectedProcedure.input({}).mutation(async ({ input }) => input),
});`,
      "src/app.ts": `import { publicProcedure, router } from "./trpc";
import { users } from "./users";
export const appRouter = router({ users, ping: publicProcedure.query(() => "pong") });`,
    },
    expect: ["procedure ping", "procedure users.list", "procedure users.rename"],
  },
  {
    title: "routers of version 9",
    files: {
      "src/app.ts": `import * as trpc from "@trpc/server";
const posts = trpc.router().query("all", { resolve: async () => [] }).mutation("add", { async resolve() { return 1; } });
export const app = trpc.router().merge("post.", posts);`,
    },
    expect: ["procedure post.add", "procedure post.all"],
  },
];

export default fixtures;
