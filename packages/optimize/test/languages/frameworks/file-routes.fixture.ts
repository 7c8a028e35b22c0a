import type { FrameworkFixture } from "./fixture.ts";

const needs = (name: string) => `{ "name": "web", "dependencies": { "${name}": "1.0.0" } }`;

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "remix: flat routes and folders",
    files: {
      "package.json": needs("@remix-run/node"),
      "app/routes/orders.$id.tsx": `export const loader = async ({ params }) => ({ id: params.id }); export async function action() { return null; } export default function Order() { return <p />; }`,
      "app/routes/_auth.login.tsx": `export async function action() { return null; }`,
      "app/routes/files.$/route.ts": `export async function loader() { return null; }`,
      "app/routes/_index.tsx": `export default function Home() { return <p />; }`,
    },
    expect: ["action /login", "action /orders/:id", "loader /files/:splat*", "loader /orders/:id", "page /", "page /orders/:id"],
  },
  {
    title: "sveltekit: servers, loads and actions",
    files: {
      "package.json": needs("@sveltejs/kit"),
      "src/routes/(app)/orders/[id=integer]/+server.ts": `export async function GET() { return new Response(""); }`,
      "src/routes/orders/+page.server.ts": `export const load = async () => ({}); export const actions = { create: async () => {}, default: async () => {} };`,
    },
    expect: ["GET /orders/:id", "action /orders create", "action /orders default", "loader /orders"],
  },
  {
    title: "nuxt: the file name holds the method",
    files: {
      "package.json": needs("nuxt"),
      "server/api/orders/[id].get.ts": `export default defineEventHandler(async (event) => ({ id: event }));`,
      "server/routes/sitemap.ts": `import { eventHandler } from "h3"; export default eventHandler(() => "");`,
    },
    expect: ["ALL /sitemap", "GET /api/orders/:id"],
  },
  {
    title: "astro: endpoints beside pages",
    files: { "package.json": needs("astro"), "src/pages/feed.json.ts": `export async function GET() { return new Response(""); }` },
    expect: ["GET /feed.json"],
  },
  {
    title: "medusa: routes, subscribers and jobs",
    files: {
      "package.json": needs("@medusajs/framework"),
      "src/api/store/orders/[id]/route.ts": `export const GET = async (req, res) => { res.json({}); };`,
      "src/subscribers/order-placed.ts": `export default async function onOrder() {} export const config = { event: "order.placed" };`,
    },
    expect: ["GET /store/orders/:id", "event order-placed"],
  },
];

export default fixtures;
