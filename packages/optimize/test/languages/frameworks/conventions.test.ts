/** Addresses that file names stand for, without the analysis. */
import { describe, expect, it } from "vitest";
import { frameworks } from "../../../src/languages/frameworks/index.ts";

/** The first convention's route that takes the path. */
function routeOf(id: string, path: string): string | undefined {
  const files = frameworks.find((framework) => framework.id === id)?.files ?? [];
  for (const file of files) {
    const route = file.directive === undefined ? file.route(path) : undefined;
    if (route !== undefined) return route;
  }
  return undefined;
}

describe("file conventions", () => {
  it.each([
    ["next", "pages/api/users/[id].ts", "/api/users/:id"],
    ["next", "pages/api/index.ts", "/api"],
    ["next", "src/pages/blog/[[...slug]].tsx", "/blog/:slug*"],
    ["next", "pages/index.tsx", "/"],
    ["next", "pages/_app.tsx", undefined],
    ["next", "app/page.tsx", "/"],
    ["next", "app/(shop)/@modal/(.)orders/[id]/page.tsx", "/orders/:id"],
    ["next", "app/api/orders/route.ts", "/api/orders"],
    ["next", "app/orders/order-list.tsx", undefined],
    ["next", "app/_private/page.tsx", undefined],
    ["next", "src/middleware.ts", "/*"],
    ["next", "lib/pages/x.ts", undefined],
    ["react-router", "app/routes/_index.tsx", "/"],
    ["react-router", "app/routes/orders.$id.edit.tsx", "/orders/:id/edit"],
    ["react-router", "app/routes/_auth.login.tsx", "/login"],
    ["react-router", "app/routes/orders_.new/route.tsx", "/orders/new"],
    ["react-router", "app/routes/sitemap[.]xml.ts", "/sitemap.xml"],
    ["react-router", "app/routes/($lang).about.tsx", "/:lang?/about"],
    ["react-router", "app/routes/orders/$id.tsx", "/orders/:id"],
    ["react-router", "app/models/order.server.ts", undefined],
    ["sveltekit", "src/routes/(app)/orders/[id=integer]/+server.ts", "/orders/:id"],
    ["sveltekit", "src/routes/+page.server.ts", "/"],
    ["sveltekit", "src/routes/orders/table.ts", undefined],
    ["nuxt", "server/api/orders/[id].get.ts", "/api/orders/:id"],
    ["nuxt", "server/api/orders/index.post.ts", "/api/orders"],
    ["nuxt", "server/routes/sitemap.ts", "/sitemap"],
    ["nuxt", "server/plugins/db.ts", undefined],
    ["astro", "src/pages/api/[id].ts", "/api/:id"],
    ["medusa", "src/api/store/orders/[id]/route.ts", "/store/orders/:id"],
  ])("%s: %s", (id, path, route) => {
    expect(routeOf(id, path)).toBe(route);
  });

  it("has one id for each framework", () => {
    expect(new Set(frameworks.map((framework) => framework.id)).size).toBe(frameworks.length);
  });

  it.each(frameworks.map((framework) => [framework.id, framework] as const))(
    "%s names only types that it declares",
    (_, { exports, types }) => {
      const named = Object.values(exports).flatMap(({ class: of, statics, value, type }) => [of, statics, value, type]);
      const text = JSON.stringify(types);
      for (const [, type] of text.matchAll(/"type":"(\w+)"/g)) named.push(type);
      for (const [, list] of text.matchAll(/"params":\[([^\]{]*)\]/g))
        named.push(...(list ?? "").split(",").map((name) => name.replaceAll('"', "")));
      const unknown = named.filter((name) => name !== undefined && name !== "" && name !== "value" && !(name in types));
      expect(unknown).toEqual([]);
    },
  );
});
