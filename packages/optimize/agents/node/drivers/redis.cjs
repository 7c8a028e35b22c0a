"use strict";
/** Redis: ioredis and node-redis. A pipeline or transaction is one trip with many commands. */
const { attempt, begin, end, statementOf } = require("../spans.cjs");
const { replace } = require("../modules.cjs");
const { cleaned } = require("../stacks.cjs");
const { hiddenWord } = require("../words.cjs");

const kind = "redis";
/** Commands that are about the connection. */
const own = new Set([
  "auth",
  "hello",
  "client",
  "info",
  "ping",
  "quit",
  "select",
  "readonly",
  "multi",
  "exec",
  "discard",
  "asking",
  "command",
  "subscribe",
  "psubscribe",
  "unsubscribe",
  "punsubscribe",
]);

/**
 * `get user:*`: the command, and of its key what is a word before the first colon.
 * @param {string} name
 * @param {readonly unknown[]} args
 */
function textOf(name, args) {
  const [key] = args;
  if (typeof key !== "string" && !Buffer.isBuffer(key)) return name;
  const colon = String(key).indexOf(":");
  const prefix = colon > 0 ? String(key).slice(0, colon) : "";
  return /^[A-Za-z_-]{1,32}$/.test(prefix) ? `${name} ${hiddenWord(prefix)}:*` : `${name} *`;
}

/** The parts of a key are what a loop puts in: `user:42` is asked for by 42. @param {readonly unknown[]} args */
function paramsOf(args) {
  const [key] = args;
  const plain = args.map((value) => (Buffer.isBuffer(value) ? value.toString("latin1") : value));
  return typeof key === "string" && key.includes(":") ? [...plain, ...key.split(":").slice(1)] : plain;
}

/** @param {string} name @param {readonly unknown[]} args @param {boolean} together @param {Function} below */
function start(name, args, together, below) {
  return attempt(() => {
    const statement = statementOf(kind, `${together ? "pipeline " : ""}${textOf(name, args)}`, "clean");
    return begin(together ? { ...statement, batch: true } : statement, paramsOf(args), below);
  });
}

/** @param {unknown} reply */
const rowsOf = (reply) => (Array.isArray(reply) ? reply.map((value) => [value]) : reply === null || reply === undefined ? 0 : 1);

/** @param {any} exports */
function patchIoredis(exports) {
  replace(
    (exports?.default ?? exports)?.prototype,
    "sendCommand",
    (original) =>
      function observed(command, stream, ...rest) {
        const name = String(command?.name ?? "").toLowerCase();
        // A command that waited for the connection comes here a second time.
        if (!own.has(name) && !sent.has(command)) {
          sent.add(command);
          const span = start(name, command.args ?? [], stream?.isPipeline === true || command.inTransaction === true, observed);
          const { resolve, reject } = command;
          command.resolve = (/** @type {unknown} */ reply) => {
            end(span, rowsOf(reply));
            return resolve(reply);
          };
          command.reject = (/** @type {unknown} */ error) => {
            end(span, 0, true);
            return reject(cleaned(error));
          };
        }
        return Reflect.apply(original, this, [command, stream, ...rest]);
      },
  );
}

/** @type {WeakSet<object>} */
const sent = new WeakSet();

/** node-redis puts every command into one queue, from the caller's stack. @param {any} exports */
function patchQueue(exports) {
  replace(
    (exports?.default ?? exports)?.prototype,
    "addCommand",
    (original) =>
      function observed(args, options, ...rest) {
        const name = String(args?.[0] ?? "").toLowerCase();
        const promise = Reflect.apply(original, this, [args, options, ...rest]);
        if (own.has(name) || !Array.isArray(args)) return promise;
        const span = start(name, args.slice(1), options?.chainId !== undefined, observed);
        // The caller gets this one: a failure that nobody takes care of stays one.
        return promise.then(
          (/** @type {unknown} */ reply) => {
            end(span, rowsOf(reply));
            return reply;
          },
          (/** @type {unknown} */ error) => {
            end(span, 0, true);
            throw cleaned(error);
          },
        );
      },
  );
}

module.exports = {
  hooks: [
    { name: "ioredis", file: /^built\/Redis\.js$/, patch: patchIoredis },
    { name: "ioredis", file: /^built\/redis\/index\.js$/, patch: patchIoredis },
    { name: "ioredis", file: /^built\/cluster\/index\.js$/, patch: patchIoredis },
    { name: "@redis/client", file: /^dist\/lib\/client\/commands-queue\.js$/, patch: patchQueue },
  ],
};
