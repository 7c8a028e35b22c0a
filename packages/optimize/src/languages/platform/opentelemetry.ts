/** OpenTelemetry: a span or context around a callback changes nothing about what it does. */
import type { CallbackSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const around: MethodSpec = {
  callbacks: [1, 2, 3].map((arg): CallbackSpec => ({ arg, runs: "once", params: [{ type: "Span" }] })),
  returns: "callback",
};

export default library({
  id: "opentelemetry",
  packages: ["@opentelemetry/api"],
  exports: {
    default: { value: "Module" },
    trace: { value: "Trace" },
    context: { value: "Context" },
    Tracer: { type: "Tracer" },
    Span: { type: "Span" },
  },
  types: {
    Module: { members: { trace: "Trace", context: "Context" } },
    Trace: { members: { getTracer: { returns: { type: "Tracer" } }, ...names("getSpan getActiveSpan setSpan", { returns: "value" }) } },
    Tracer: { members: { startActiveSpan: around, startSpan: { returns: { type: "Span" } } } },
    Context: { members: { with: around, active: { returns: "value" }, bind: { wraps: 1 } } },
    Span: { any: { returns: "same" } },
  },
});
