/**
 * Puts the agent for Node into one file, so that it can be mounted into a container and loads at once: each source becomes a function, `require`
 * of a relative path looks it up. The sources are CommonJS without dependencies, so that nothing has to be understood for it.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import { fileURLToPath } from "node:url";

const sources = fileURLToPath(new URL("../agents/node/", import.meta.url));
const target = fileURLToPath(new URL("../dist/agents/node.cjs", import.meta.url));

const files = readdirSync(sources, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".cjs"))
  .sort();
const parts = files.map((file) => {
  const text = readFileSync(sources + file, "utf8").replace(/^"use strict";\n/, "");
  const resolved = text.replaceAll(
    /\brequire\("(\.[^"]*)"\)/g,
    (_, path) => `load(${JSON.stringify(posix.join(posix.dirname(file), path))})`,
  );
  return `${JSON.stringify(file)}: (module, exports) => {\n${resolved}},\n`;
});

mkdirSync(dirname(target), { recursive: true });
writeFileSync(
  target,
  `"use strict";
// Made by scripts/bundle-agent.mjs from agents/node.
const loaded = {};
const load = (file) => {
  if (loaded[file] === undefined) {
    loaded[file] = { exports: {} };
    files[file](loaded[file], loaded[file].exports);
  }
  return loaded[file].exports;
};
const files = {
${parts.join("")}};
load("agent.cjs");
`,
);
