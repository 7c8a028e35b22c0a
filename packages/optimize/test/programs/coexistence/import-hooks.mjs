/** As tracers do it for modules: a hook of the loader, and what is imported is wrapped. */
import { register } from "node:module";
import { Hook } from "import-in-the-middle";

register("import-in-the-middle/hook.mjs", import.meta.url);
globalThis.traced ??= { loaded: [], queries: 0, requests: 0 };
Hook(["pg"], (exports, name) => {
  globalThis.traced.loaded.push(`import ${name}`);
  const { query } = exports.Client.prototype;
  exports.Client.prototype.query = function traced(...args) {
    globalThis.traced.queries += 1;
    return query.apply(this, args);
  };
});
