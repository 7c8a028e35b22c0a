/** @typedef {import("../application.js").Recipe} Recipe */

const now = "now(), now()";

/** @type {Recipe} */
export default {
  name: "NetSteam",
  repository: "https://github.com/TaintAnalysis-DB-Benchmarks/NetSteam",
  commit: "5b1cd8647c14729177d932db9fedf35835eda7e3",
  install: "cd backend && npm install --omit=dev --ignore-scripts",
  folder: "backend",
  entry: "bin/www",
  env: {
    NODE_ENV: "development",
    JWT_SECRET: "bench",
    JWT_EXPIRES_IN: "3600",
    DB_USERNAME: "postgres",
    DB_PASSWORD: "postgres",
    DB_DATABASE: "postgres",
    DB_HOST: "127.0.0.1",
  },

  async prepare({ load, quiet }) {
    await load("./db/models").sequelize.sync();
    await quiet();
  },

  /** One video with `size` reviews, each by a user of its own. */
  seed(size, { load }) {
    const password = load("bcryptjs").hashSync("password", 4);
    const all = Array.from({ length: size }, (_, n) => n + 1);
    return [
      `insert into "ProfilePictures" ("createdAt", "updatedAt") values (${now})`,
      `insert into "Genres" ("createdAt", "updatedAt") values (${now})`,
      `insert into "Videos" ("createdAt", "updatedAt") values (${now})`,
      ...all.map(
        (n) =>
          `insert into "Users" (username, email, "hashedPassword", "profilePictureId", "createdAt", "updatedAt") values ('user${n}', 'user${n}@example.org', '${password}', 1, ${now})`,
      ),
      ...all.map(
        (n) =>
          `insert into "Reviews" (score, recommended, "userId", body, "videoId", "createdAt", "updatedAt") values (1, true, ${n}, 'b', 1, ${now})`,
      ),
    ];
  },

  async calls(size, { send }) {
    // Each write has to bring the token that the application gave out before.
    const restored = await send({ route: "GET /api/csrf/restore", path: "/api/csrf/restore" });
    const cookies = restored.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
    const token = cookies.find((cookie) => cookie.startsWith("XSRF-TOKEN="))?.slice("XSRF-TOKEN=".length) ?? "";
    const headers = { cookie: cookies.join("; "), "xsrf-token": token };
    const review = { recommend: true, score: 5, commentText: "c" };
    const name = `reader${size}`;
    return [
      { route: "GET /api/home", path: "/api/home" },
      { route: "GET /api/users/profile", path: "/api/users/profile" },
      { route: "GET /api/restore-user", path: "/api/restore-user" },
      { route: "GET /api/reviews/video/:videoId", path: "/api/reviews/video/1", sizes: { review: size } },
      {
        route: "POST /api/reviews/:reviewId",
        path: "/api/reviews/1",
        headers,
        body: { ...review, userId: 1 },
        changes: true,
        sizes: { review: size },
      },
      { route: "POST /api/session", path: "/api/session", headers, body: { credential: "user1", password: "password" } },
      {
        route: "POST /api/session/edit",
        path: "/api/session/edit",
        headers,
        body: { id: { id: 1 }, info: { username: `other${size}`, profilePictureId: 1 } },
        changes: true,
      },
      {
        route: "POST /api/reviews/video/:videoId",
        path: "/api/reviews/video/1",
        headers,
        body: { ...review, userId: 2 },
        changes: true,
        sizes: { review: size + 1 },
      },
      {
        route: "DELETE /api/reviews/:reviewId",
        path: "/api/reviews/2",
        headers,
        body: { userId: 2 },
        changes: true,
        sizes: { review: size },
      },
      {
        route: "POST /api/users",
        path: "/api/users",
        headers,
        body: { email: `${name}@example.org`, username: name, password: "password" },
        changes: true,
      },
    ];
  },
};
