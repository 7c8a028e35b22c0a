"use strict";
/**
 * Stands for a container engine: it writes down its command lines, answers what it is asked about, and runs the inner command for real, with the
 * container's own environment and files; FAKE_DOCKER names the file that says what there is.
 */
const { spawnSync } = require("node:child_process");
const { appendFileSync, mkdirSync, readFileSync, symlinkSync } = require("node:fs");
const path = require("node:path");

const state = JSON.parse(readFileSync(process.env.FAKE_DOCKER, "utf8"));
const words = process.argv.slice(2);
appendFileSync(state.log, `${JSON.stringify({ words, nodeOptions: process.env.NODE_OPTIONS ?? "" })}\n`);

const say = (/** @type {unknown} */ value) => {
  if (value === undefined) {
    process.stderr.write("Error: no such object\n");
    process.exit(1);
  }
  process.stdout.write(`${typeof value === "string" ? value : JSON.stringify(value)}\n`);
  process.exit(0);
};

/** @param {string} verb */
const has = (verb) => words.includes(verb);
if (words[0] === "context") say(state.host);
if (words[0] === "image") say(state.image && [{ Config: state.image }]);
if (words[0] === "inspect") say(state.container && [state.container]);
if (has("config") && !has("exec") && !has("run")) say(state.config);
if (words[0] === "compose" && words[1] === "ps") say(state.id);

/** @type {Record<string, string>} */
const env = { PATH: process.env.PATH, ...state.env };
let cwd = state.workdir;
let at = words.findIndex((word) => word === "run" || word === "exec") + 1;
for (; words[at]?.startsWith("-"); at += 1) {
  const word = words[at];
  if (["--rm", "-T", "-i", "--no-deps"].includes(word)) continue;
  const value = words[++at];
  if (word === "-e") env[value.slice(0, value.indexOf("="))] = value.slice(value.indexOf("=") + 1);
  if (word === "-w") cwd = value;
  if (word === "-v") {
    const [outside, inside] = value.split(":");
    mkdirSync(path.dirname(path.join(state.files, inside)), { recursive: true });
    symlinkSync(outside, path.join(state.files, inside));
  }
}
// Where it mounts is below the folder that stands for its root.
for (const [name, value] of Object.entries(env)) env[name] = value.replaceAll(/(?<=^|["\s])\/optimize\//g, `${state.files}/optimize/`);
const [program, ...args] = words.slice(at + 1);
const { status, error } = spawnSync(program, args, { cwd, env, stdio: "inherit" });
if (error !== undefined) process.stderr.write(`${error.message}\n`);
process.exit(status ?? 127);
