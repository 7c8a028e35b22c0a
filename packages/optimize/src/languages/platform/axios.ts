/** axios: method functions, the config form, and instances that carry their own time-out. No time-out by default. */
import type { EffectSpec, Where } from "../../model/effect.ts";
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at, names } from "../shapes/places.ts";

/** What `axios.create({ timeout })` and `axios.defaults.timeout = …` set. */
const ofInstance: readonly Where[] = [{ arg: 0, property: "timeout", made: true }];
const whole = { timeoutProperty: "defaults.timeout" } as const;

function call(kind: "http-read" | "http-write", options: number): MethodSpec {
  const effect: EffectSpec = {
    kind,
    url: { arg: 0 },
    timeout: [...at(options, "timeout", "signal", "cancelToken"), ...ofInstance],
    ...whole,
  };
  return { effect, returns: { type: "Response" }, promise: true };
}

/** `axios(config)`, `axios(url, config)` and `axios.request(config)`. */
const request: MethodSpec = {
  effect: {
    kind: "http-read",
    url: { arg: 0, property: "url", or: { arg: 0 } },
    method: { arg: 0, property: "method", or: { arg: 1, property: "method" } },
    timeout: [...at(0, "timeout", "signal", "cancelToken"), ...at(1, "timeout", "signal", "cancelToken"), ...ofInstance],
    ...whole,
  },
  returns: { type: "Response" },
  promise: true,
};

const members: Record<string, MethodSpec | string> = {
  request,
  ...names("get head options", call("http-read", 1)),
  delete: call("http-write", 1),
  ...names("post put patch postForm putForm patchForm", call("http-write", 2)),
  create: { returns: { type: "Axios" } },
  all: { returns: { argument: 0 }, promise: true },
  interceptors: "Interceptors",
  getUri: { returns: "value" },
};

export default library({
  id: "axios",
  packages: ["axios"],
  exports: {
    default: { value: "Axios" },
    axios: { value: "Axios" },
    Axios: { class: "Axios" },
    AxiosInstance: { type: "Axios" },
    AxiosStatic: { type: "Axios" },
  },
  types: {
    Axios: { call: request, members },
    Interceptors: { members: { request: "Interceptor", response: "Interceptor" } },
    Interceptor: {
      members: {
        use: {
          callbacks: [
            { arg: 0, runs: "later" },
            { arg: 1, runs: "later" },
          ],
          returns: "value",
        },
      },
    },
    Response: {},
  },
});
