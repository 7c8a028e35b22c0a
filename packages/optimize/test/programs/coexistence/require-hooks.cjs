/** As tracers do it for CommonJS: what is required is wrapped as it is loaded. */
const { Hook } = require("require-in-the-middle");

globalThis.traced = { loaded: [], queries: 0, requests: 0 };
new Hook(["pg", "pg-pool", "http"], { internals: false }, (exports, name) => {
  globalThis.traced.loaded.push(name);
  if (name === "pg") {
    const { query } = exports.Client.prototype;
    exports.Client.prototype.query = function traced(...args) {
      globalThis.traced.queries += 1;
      return query.apply(this, args);
    };
  }
  if (name === "http") {
    const { emit } = exports.Server.prototype;
    exports.Server.prototype.emit = function traced(event, ...args) {
      if (event === "request") globalThis.traced.requests += 1;
      return emit.call(this, event, ...args);
    };
  }
  return exports;
});
