/** puppeteer and playwright: a browser is a process, and a page of one stays until it is closed or the browser is. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const browser: MethodSpec = { returns: { type: "Browser" }, promise: true };
const context: MethodSpec = { returns: { type: "Context" }, promise: true };
const page: MethodSpec = { returns: { type: "Page" }, promise: true };
const closed: MethodSpec = { returns: "void", promise: true };

export default library({
  id: "browsers",
  packages: ["puppeteer", "puppeteer-core", "playwright", "playwright-core"],
  exports: {
    default: { value: "Launcher" },
    ...names("launch connect", { value: "launch" }),
    ...names("chromium firefox webkit", { value: "Launcher" }),
  },
  types: {
    launch: { call: browser },
    Launcher: {
      members: {
        ...names("launch connect connectOverCDP", browser),
        launchPersistentContext: context,
        ...names("chromium firefox webkit", "Launcher"),
      },
    },
    Browser: {
      members: {
        newPage: page,
        ...names("newContext createBrowserContext createIncognitoBrowserContext", context),
        ...names("close disconnect", closed),
      },
    },
    Context: { members: { newPage: page, close: closed } },
    Page: { members: { close: closed } },
  },
});
