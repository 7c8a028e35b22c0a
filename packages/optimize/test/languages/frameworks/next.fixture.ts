import type { FrameworkFixture } from "./fixture.ts";

const manifest = `{ "name": "web", "dependencies": { "next": "15.0.0" } }`;

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "pages: api handlers, parameters, data functions",
    files: {
      "package.json": manifest,
      "pages/api/users/[id].ts": `export default async function handler(req, res) { res.json({}); }`,
      "pages/index.tsx": `export async function getServerSideProps() { return { props: {} }; } export default function Home() { return <p />; }`,
      "pages/blog/[...slug].tsx": `export const getStaticProps = async () => ({ props: {} }); export default () => <p />;`,
      "pages/_app.tsx": `export default function App({ Component, pageProps }) { return <Component {...pageProps} />; }`,
    },
    expect: ["ALL /api/users/:id", "page /", "page /blog/:slug*"],
  },
  {
    title: "app: route files, pages, groups, server actions, middleware, under src/",
    files: {
      "package.json": manifest,
      "src/app/(shop)/orders/[id]/route.ts": `export async function GET() { return Response.json({}); } export const POST = async () => Response.json({}); export const dynamic = "force-dynamic";`,
      "src/app/(shop)/orders/page.tsx": `export async function generateMetadata() { return {}; } export default async function Page() { return <p />; }`,
      "src/app/_parts/page.tsx": `export default function Part() { return <p />; }`,
      "src/actions.ts": `"use server";\nexport async function createOrder(form: FormData) { return form; }`,
      "src/middleware.ts": `export function middleware() { return undefined; }`,
    },
    expect: ["ALL /*", "GET /orders/:id", "POST /orders/:id", "action createOrder", "page /orders"],
  },
  {
    title: "an action inside a page, and the app of a monorepo",
    files: {
      "apps/web/package.json": manifest,
      "apps/web/app/page.tsx": `export default function Page() { async function save(form) { "use server"; return form; } return <form action={save} />; }`,
    },
    expect: ["action save", "page /"],
  },
  {
    title: "the same folders without the framework",
    files: {
      "package.json": `{ "name": "cli" }`,
      "pages/api/users.ts": `export default function handler() {}`,
      "app/route.ts": `export function GET() {}`,
    },
    expect: [],
  },
];

export default fixtures;
