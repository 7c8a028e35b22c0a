"use strict";
/** Code that a loader makes in memory (Jest, Vitest, ts-node): its source map, so that places are those of the file that people edit. */
const vm = require("node:vm");
const Module = require("node:module");
const { extname } = require("node:path");
const { noteMap } = require("./profile.cjs");
const { withoutUs } = require("./stacks.cjs");
const { tryTo } = require("./writer.cjs");

/** A comment or closing brackets: what loaders put behind the map (Vitest: what its cache knows of the module, at any length). */
const behind = /^\s*(?:\/\/.*|[)\]},;\s]*)$/;

/** @param {unknown} code @param {unknown} file */
function look(code, file) {
  if (typeof code !== "string" || typeof file !== "string" || file.includes("node_modules")) return;
  const at = code.lastIndexOf("//# sourceMappingURL=data:");
  if (at < 0) return;
  const end = code.indexOf("\n", at);
  // Only at the end of the code: in the middle it is text of somebody's program.
  if (
    end >= 0 &&
    !code
      .slice(end)
      .split("\n")
      .every((line) => behind.test(line))
  )
    return;
  noteMap(file, code.slice(at + "//# sourceMappingURL=".length, end < 0 ? undefined : end).trim());
}

/** @param {unknown} options */
const fileIn = (options) => (typeof options === "string" ? options : /** @type {{ filename?: unknown } | undefined} */ (options)?.filename);

function start() {
  const OriginalScript = vm.Script;
  // A class stays a class: `new`, `instanceof` and what others extend.
  Reflect.set(
    vm,
    "Script",
    new Proxy(OriginalScript, {
      construct(target, args, newTarget) {
        tryTo(() => look(args[0], fileIn(args[1])));
        return Reflect.construct(target, args, newTarget);
      },
    }),
  );
  for (const name of ["compileFunction", "runInThisContext"]) wrap(vm, name, (args) => look(args[0], fileIn(args.at(-1))));
  watchCompile();
}

/** Only where somebody else loads files of a kind: modules that Node reads itself are not run from within a function of ours. */
function watchCompile() {
  const { _extensions: loaders } = /** @type {any} */ (Module);
  const nodes = new Set(Object.values(loaders));
  const original = /** @type {any} */ (Module.prototype)._compile;
  const target = { _compile: original };
  wrap(target, "_compile", (args) => look(args[0], args[1]));
  Object.defineProperty(Module.prototype, "_compile", {
    configurable: true,
    enumerable: true,
    get() {
      return nodes.has(loaders[extname(String(this?.filename ?? ""))] ?? loaders[".js"]) ? original : target._compile;
    },
    set(value) {
      Object.defineProperty(this, "_compile", { configurable: true, enumerable: true, writable: true, value });
    },
  });
}

/** @param {any} target @param {string} name @param {(args: any[]) => void} before */
function wrap(target, name, before) {
  const original = target[name];
  if (typeof original !== "function") return;
  target[name] = new Proxy(original, {
    apply(callee, self, args) {
      tryTo(() => before(args));
      return withoutUs(() => Reflect.apply(callee, self, args));
    },
  });
}

module.exports = { start };
