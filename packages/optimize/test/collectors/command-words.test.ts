import { expect, test } from "vitest";
import { withoutSecrets } from "../../src/collectors/command-words.ts";

test.each([
  [
    ["env", "DATABASE_URL=postgres://u:p@db/shop", "node", "server.js"],
    ["env", "DATABASE_URL=…", "node", "server.js"],
  ],
  [
    ["node", "server.js", "--token", "abc", "--port", "80"],
    ["node", "server.js", "--token", "…", "--port", "80"],
  ],
  [
    ["node", "server.js", "--api-key=abc", "--port=80"],
    ["node", "server.js", "--api-key=…", "--port=80"],
  ],
  [
    ["sh", "-c", "PW='a b' node server.js; X=1 true"],
    ["sh", "-c", "PW=… node server.js; X=… true"],
  ],
  [
    ["node", "client.js", "redis://:pw@host:1/0"],
    ["node", "client.js", "redis://…@host:1/0"],
  ],
  [
    ["curl", "http://h/reset?token=abc"],
    ["curl", "http://h/reset?…"],
  ],
  [
    ["npm", "test"],
    ["npm", "test"],
  ],
])("%j keeps no secret", (words, kept) => {
  expect(withoutSecrets(words)).toEqual(kept);
});
