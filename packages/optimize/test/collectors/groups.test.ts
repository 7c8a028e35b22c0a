/** Which executions of a statement are of one place: stacks lose frames, and move within a line, after an `await`. */
import { expect, it } from "vitest";
import { groupsOf } from "../../src/collectors/executions.ts";

const at = (...frames: string[]) =>
  frames.map((frame) => {
    const [file = "", line, column] = frame.split(":");
    return { file, line: Number(line), column: Number(column) };
  });

it.each([
  [
    "a caller that is gone after the first wait",
    at("load.js:3:9", "each.js:7:20", "server.js:40:35"),
    at("load.js:3:9", "server.js:40:35"),
    true,
  ],
  [
    "a caller that waits later in its line",
    at("load.js:3:9", "server.js:33:92", "server.js:40:41"),
    at("load.js:3:9", "server.js:40:35"),
    true,
  ],
  ["a caller that asks in another line", at("load.js:3:9", "server.js:33:92"), at("load.js:3:9", "server.js:40:92"), false],
  ["two calls in one line", at("load.js:3:9", "server.js:33:92"), at("load.js:3:30", "server.js:33:92"), false],
])("%s", (_, first, second, isSame) => {
  const groupOf = groupsOf([{ site: 1 }, { site: 2 }], { at: (site) => (site === 1 ? first : second) });
  expect(groupOf(1, 1) === groupOf(1, 2)).toBe(isSame);
});
