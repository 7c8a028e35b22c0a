/** Sentry: spans and scopes around a callback. */
import type { CallbackSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { namespace } from "../shapes/namespace.ts";
import { names } from "../shapes/places.ts";

const around: MethodSpec = { callbacks: [0, 1, 2].map((arg): CallbackSpec => ({ arg, runs: "once" })), returns: "callback" };

const { exports, types } = namespace("sentry", {
  ...names(
    "startSpan startSpanManual withScope withIsolationScope withActiveSpan continueTrace runWithAsyncContext withMonitor suppressTracing",
    around,
  ),
  ...names("captureException captureMessage captureEvent addBreadcrumb", { effect: { kind: "log" }, returns: "value" }),
  wrapApiHandlerWithSentry: { wraps: 0 },
});

export default library({
  id: "sentry",
  packages: [
    "@sentry/node",
    "@sentry/nextjs",
    "@sentry/core",
    "@sentry/nestjs",
    "@sentry/bun",
    "@sentry/aws-serverless",
    "@sentry/remix",
    "@sentry/sveltekit",
  ],
  exports,
  types,
});
