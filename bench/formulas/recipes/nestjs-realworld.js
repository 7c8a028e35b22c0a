/**
 * Nest with TypeORM. Made for MySQL; its connection is a setting, so it speaks PostgreSQL here. Left out are the feed (a list as one
 * parameter, which only MySQL's driver takes) and the two routes of favourites (they read a relation that nothing loads, and answer 500).
 *
 * @typedef {import("../application.js").Recipe} Recipe
 */

/** @type {Recipe} */
export default {
  name: "nestjs-realworld-example-app",
  repository: "https://github.com/lujakob/nestjs-realworld-example-app",
  commit: "c1c2cc4e448b279ff083272df1ac50d20c3304fa",
  install:
    "rm package-lock.json && npm install --ignore-scripts && npm install --no-save --ignore-scripts pg@8 argon2@0.41.1 && cp src/config.ts.example src/config.ts",
  entry: "index.js",
  env: {
    TYPEORM_CONNECTION: "postgres",
    TYPEORM_HOST: "127.0.0.1",
    TYPEORM_PORT: "1",
    TYPEORM_USERNAME: "postgres",
    TYPEORM_PASSWORD: "postgres",
    TYPEORM_DATABASE: "postgres",
    TYPEORM_ENTITIES: "src/**/**.entity.ts",
    TYPEORM_SYNCHRONIZE: "true",
    TS_NODE_TRANSPILE_ONLY: "true",
  },

  async prepare({ quiet }) {
    await quiet();
  },

  /** `size` users; the first follows all others and wrote `size` articles of one comment each; the second likes them. */
  seed(size) {
    const all = Array.from({ length: size }, (_, n) => n + 1);
    return [
      ...all.map((n) => `insert into "user" (username, email, password) values ('user${n}', 'user${n}@example.org', 'p')`),
      ...all.map((n) => `insert into article (slug, title, "tagList", "authorId") values ('a${n}', 'A', 'x,y', 1)`),
      ...all.map((n) => `insert into comment (body, "articleId") values ('c', ${n})`),
      ...all.slice(1).map((n) => `insert into follows ("followerId", "followingId") values (1, ${n}), (${n}, 1)`),
      ...all.map((n) => `insert into tag (tag) values ('t${n}')`),
      ...all.map((n) => `insert into user_favorites_article ("userId", "articleId") values (2, ${n})`),
    ];
  },

  async calls(size, { load }) {
    const token = load("jsonwebtoken").sign({ id: 1, username: "user1", email: "user1@example.org" }, "secret-key");
    const headers = { authorization: `Token ${token}` };
    const name = `reader${size}`;
    const user = { username: name, email: `${name}@example.org`, password: "password" };
    const article = { title: "B", description: "b", body: "b", tagList: ["x"] };
    const get = (/** @type {string} */ pattern, /** @type {string} */ path) => ({ route: `GET ${pattern}`, path: `/api${path}`, headers });
    const write = (/** @type {string} */ route, /** @type {string} */ path, /** @type {unknown} */ body = {}) => ({
      route,
      path: `/api${path}`,
      headers,
      body,
      changes: true,
    });
    return [
      get("/", ""),
      get("/articles", "/articles"),
      get("/articles/:slug", "/articles/a1"),
      get("/articles/:slug/comments", "/articles/a1/comments"),
      get("/profiles/:username", "/profiles/user2"),
      get("/tags", "/tags"),
      get("/user", "/user"),
      write("POST /users", "/users", { user }),
      { ...write("POST /users/login", "/users/login", { user }), changes: false },
      write("PUT /user", "/user", { user: { bio: `b${size}` } }),
      write("POST /articles", "/articles", { article }),
      write("PUT /articles/:slug", "/articles/a1", { article: { title: `C${size}` } }),
      write("POST /articles/:slug/comments", "/articles/a1/comments", { comment: { body: "d" } }),
      write("DELETE /articles/:slug/comments/:id", "/articles/a2/comments/2"),
      write("DELETE /profiles/:username/follow", "/profiles/user2/follow"),
      write("POST /profiles/:username/follow", "/profiles/user2/follow"),
      write("DELETE /users/:slug", `/users/user${size}@example.org`),
    ];
  },
};
