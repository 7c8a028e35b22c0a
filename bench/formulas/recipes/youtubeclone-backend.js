/** @typedef {import("../application.js").Recipe} Recipe */

const secret = "bench";
const id = (/** @type {number} */ kind, /** @type {number} */ n) =>
  `'${String(kind).padStart(8, "0")}-0000-4000-8000-${String(n).padStart(12, "0")}'`;
const bare = (/** @type {string} */ quoted) => quoted.slice(1, -1);
const now = "now(), now()";

/** @type {Recipe} */
export default {
  name: "youtubeclone-backend",
  repository: "https://github.com/TaintAnalysis-DB-Benchmarks/youtubeclone-backend",
  commit: "f967686d3f7515e15f640745b8b161934b74c29c",
  install: "npm install --omit=dev --ignore-scripts",
  entry: "src/server.js",
  env: { JWT_SECRET: secret, JWT_EXPIRE: "1h" },

  async prepare({ database, quiet }) {
    const wanted = ["Users", "Videos", "VideoLikes", "Comments", "Subscriptions", "Views"];
    for (let left = wanted.length; left > 0; await quiet()) {
      const { rows } = await database.query("select tablename from pg_tables where schemaname = 'public'");
      left = wanted.filter((name) => !rows.some((row) => row.tablename === name)).length;
    }
    await quiet();
  },

  /** `size` other users; the second one has as many videos and follows all but the first; the first follows, likes and saw everything. */
  seed(size, { load }) {
    const password = load("bcryptjs").hashSync("password", 4);
    const users = Array.from({ length: size + 1 }, (_, n) => n + 1);
    const videos = Array.from({ length: size }, (_, n) => n + 1);
    return [
      ...users.map(
        (n) =>
          `insert into "Users" values (${id(1, n)}, 'a', 'b', 'user${n}', 'user${n}@example.org', '${password}', '', '', '', false, ${now})`,
      ),
      ...videos.map(
        (n) =>
          `insert into "Videos" (id, title, description, url, thumbnail, "userId", "createdAt", "updatedAt") values (${id(2, n)}, 'film ${n}', '', 'u', 't', ${id(1, 2)}, ${now})`,
      ),
      ...videos.map(
        (n) =>
          `insert into "VideoLikes" (id, "like", "userId", "videoId", "createdAt", "updatedAt") values (${id(3, n)}, 1, ${id(1, 1)}, ${id(2, n)}, ${now})`,
      ),
      ...videos.map(
        (n) =>
          `insert into "Views" (id, "userId", "videoId", "createdAt", "updatedAt") values (${id(4, n)}, ${id(1, 1)}, ${id(2, n)}, ${now})`,
      ),
      ...videos.map(
        (n) =>
          `insert into "Comments" (id, text, "userId", "videoId", "createdAt", "updatedAt") values (${id(5, n)}, 'c', ${id(1, 2)}, ${id(2, n)}, ${now})`,
      ),
      ...users
        .slice(1)
        .map(
          (n) =>
            `insert into "Subscriptions" (id, subscriber, "subscribeTo", "createdAt", "updatedAt") values (${id(6, n)}, ${id(1, 1)}, ${id(1, n)}, ${now})`,
        ),
      ...users
        .slice(2)
        .map(
          (n) =>
            `insert into "Subscriptions" (id, subscriber, "subscribeTo", "createdAt", "updatedAt") values (${id(7, n)}, ${id(1, 2)}, ${id(1, n)}, ${now})`,
        ),
    ];
  },

  async calls(size, { load }) {
    const token = (/** @type {number} */ n) => ({ authorization: `Bearer ${load("jsonwebtoken").sign({ id: bare(id(1, n)) }, secret)}` });
    const headers = token(1);
    const film = `/api/v1/videos/${bare(id(2, 1))}`;
    const channel = `/api/v1/users/${bare(id(1, 2))}`;
    const name = `new${size}`;
    return [
      { route: "GET /api/v1/auth/me", path: "/api/v1/auth/me", headers },
      { route: "GET /api/v1/users", path: "/api/v1/users", headers, sizes: { user: Math.min(10, size) } },
      { route: "GET /api/v1/users/:id", path: channel, headers, sizes: { user: size - 1, video: size } },
      { route: "GET /api/v1/users/feed", path: "/api/v1/users/feed", headers, sizes: { video: size } },
      { route: "GET /api/v1/users/history", path: "/api/v1/users/history", headers, sizes: { video: size } },
      { route: "GET /api/v1/users/likedVideos", path: "/api/v1/users/likedVideos", headers, sizes: { video: size } },
      { route: "GET /api/v1/users/search", path: "/api/v1/users/search?searchterm=user", headers, sizes: { user: size + 1 } },
      { route: "PUT /api/v1/users", path: "/api/v1/users", headers, body: { firstname: "c" } },
      { route: "GET /api/v1/videos", path: "/api/v1/videos", sizes: { video: size } },
      { route: "GET /api/v1/videos/search", path: "/api/v1/videos/search?searchterm=film", headers, sizes: { video: size } },
      { route: "GET /api/v1/videos/:id", path: film, headers },
      { route: "POST /api/v1/auth/login", path: "/api/v1/auth/login", body: { email: "user1@example.org", password: "password" } },
      {
        route: "POST /api/v1/auth/signup",
        path: "/api/v1/auth/signup",
        body: { firstname: "a", lastname: "b", username: name, email: `${name}@example.org`, password: "password" },
        changes: true,
      },
      { route: "POST /api/v1/videos", path: "/api/v1/videos", headers, body: { title: "t", url: "u", thumbnail: "t" }, changes: true },
      { route: "POST /api/v1/videos/:id/comment", path: `${film}/comment`, headers, body: { text: "c" }, changes: true },
      { route: "GET /api/v1/videos/:id/like", path: `${film}/like`, headers, changes: true },
      { route: "GET /api/v1/videos/:id/dislike", path: `${film}/dislike`, headers, changes: true },
      { route: "GET /api/v1/videos/:id/view", path: `${film}/view`, headers: token(2), changes: true },
      { route: "GET /api/v1/users/:id/togglesubscribe", path: `${channel}/togglesubscribe`, headers, changes: true },
    ];
  },
};
