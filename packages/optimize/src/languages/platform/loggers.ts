/** Loggers: winston, pino and their like. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const log: MethodSpec = { effect: { kind: "log" }, returns: "same" };

const members: Record<string, MethodSpec> = {
  ...names("log info warn error debug trace fatal verbose silly http notice crit alert emerg success start ready fail box", log),
  ...names("child withTag withDefaults getLogger getSubLogger configure add", { returns: "same" }),
  ...names("createLogger", { returns: { type: "Logger" } }),
};

export default library({
  id: "loggers",
  packages: [
    "winston",
    "pino",
    "bunyan",
    "log4js",
    "consola",
    "tslog",
    "loglevel",
    "signale",
    "roarr",
    "npmlog",
    "nestjs-pino",
    "pino-http",
  ],
  exports: {
    default: { value: "Logger", class: "Logger" },
    ...names("createLogger getLogger pino consola createConsola", { value: "create" }),
    ...names("Logger PinoLogger Signale", { class: "Logger" }),
  },
  types: {
    create: { call: { returns: { type: "Logger" } }, members },
    Logger: { call: { returns: { type: "Logger" } }, members },
  },
});
