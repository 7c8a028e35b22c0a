/** Computations that are little for one and much for many: schedules, documents, tables, signatures; all of them on the thread itself. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";

const computes: MethodSpec = { effect: { kind: "cpu", computes: true }, returns: "value" };
const schedule: MethodSpec = { effect: { kind: "cpu", computes: true }, returns: { type: "Schedule" } };

export default library({
  id: "computing",
  packages: [
    "cron-parser",
    "jsdom",
    "cheerio",
    "marked",
    "sanitize-html",
    "xlsx",
    "exceljs",
    "mammoth",
    "turndown",
    "handlebars",
    "node-forge",
    "prettier",
  ],
  exports: {
    // cron-parser, before and since version 5.
    parseExpression: { value: "parse" },
    CronExpressionParser: { value: "cron" },
    JSDOM: { class: "Document" },
    load: { value: "compute" },
    marked: { value: "marked" },
    parse: { value: "compute" },
    read: { value: "compute" },
    compile: { value: "compute" },
    default: { value: "any" },
  },
  types: {
    parse: { call: schedule },
    cron: { members: { parse: schedule } },
    Schedule: { members: { next: computes, prev: computes, take: computes } },
    Document: { construct: computes },
    compute: { call: computes },
    marked: { call: computes, members: { parse: computes, parseInline: computes } },
    any: {
      call: computes,
      members: {
        parseExpression: schedule,
        parse: computes,
        load: computes,
        read: computes,
        compile: computes,
      },
    },
  },
});
