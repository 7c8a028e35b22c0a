/** What `optimize load` says of command lines that it cannot use: before anybody is asked for anything. */
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/dispatch.ts";
import { temporaryFolder } from "../temporary.ts";
import { fakeTerminal } from "./fake-terminal.ts";

const files = {
  "load.jsonc": JSON.stringify({
    target: "http://127.0.0.1:1",
    feeders: { users: { file: "none.csv" } },
    steps: [
      { request: "POST /a?x={{nobody}}", headers: { authorization: "{{env.OPTIMIZE_NOWHERE}}" } },
      { request: "GET /b", extract: { id: "$.id" } },
      { request: "GET /c/{{id}}" },
    ],
  }),
  "shape.jsonc": JSON.stringify({
    target: "http://127.0.0.1:1",
    steps: [{ request: "GET a", think: "soon" }],
    load: { rate: 1, users: 2 },
    timeout: 0,
  }),
  "broken.jsonc": '{ "target": \n',
  "folder/x": "",
};

async function said(...argv: string[]): Promise<{ code: number; err: string }> {
  const terminal = fakeTerminal({ cwd: temporaryFolder(files) });
  const code = await main(["load", ...argv], terminal);
  expect(terminal.printed()).toBe("");
  return { code, err: terminal.errors() };
}

describe("a command line of load", () => {
  it.each<[string[], string]>([
    [[], "what is to be loaded? Name a URL or a scenario"],
    [["nowhere.jsonc"], "there is no scenario nowhere.jsonc"],
    [["deadbeef"], "there is no scenario deadbeef"],
    [["folder"], "folder is a folder, and neither a URL nor a scenario"],
    [["broken.jsonc"], "broken.jsonc has 2 mistakes:\n  line 2: ValueExpected"],
    [["http://"], '"http://" is no URL'],
    [["ftp://localhost/"], "ftp://localhost/ is neither http nor https"],
    [["http://a:b@localhost/"], "a URL with a password in it would stand in reports"],
    [
      ["http://192.0.2.1/"],
      "192.0.2.1 is not this machine: load is only sent to hosts that are allowed\n  if it is yours to load: --allow-host 192.0.2.1",
    ],
    [[":1/a b"], '"http://localhost:1/a b" holds a space: write %20'],
    [[":1/", "--method", "DELETE"], "the request has a mistake:\n  DELETE changes something; --allow-writes allows it"],
    [
      [":1/", "--header", "A: {{env.OPTIMIZE_NOWHERE}}"],
      "the request has a mistake:\n  {{env.OPTIMIZE_NOWHERE}} is not set in the environment",
    ],
    [
      [":1/", "--threshold", "[GET /x] p99 < 1s"],
      '"[GET /x] p99 < 1s": there is no endpoint GET /x; did you mean GET /?\n  endpoints are GET /',
    ],
    [[":1/", "--duration", "0s"], '--duration is a time like 30s or 5m, not "0s"'],
    [[":1/", "--timeout", "0"], '--timeout is a time like 30s or 5m, not "0"'],
    [[":1/", "--rate", "5", "--users", "3"], "--rate is an open model and --users a closed one: only one of them"],
    [[":1/", "--slo", "p99 < 5ms"], "--slo belongs to --find-capacity"],
    [[":1/", "--pairs", "9"], "--pairs belongs to --compare"],
    [[":1/", "--step", "9s"], "--step belongs to --find-capacity or --compare"],
    [[":1/", "--find-capacity", "--slo", "p99 < 5ms", "--compare", ":2/"], "--find-capacity and --compare are two searches: one at a time"],
    [[":1/", "--compare", ":2/", "--start", "npm start"], "--start is for a git ref: what listens at :2/ runs already"],
    [
      [":1/", "--compare", "main"],
      '--compare "main" is no URL; as a git ref it needs the command that starts the service\n  --start "npm start"',
    ],
    [[":1/", "--compare", "deadbeef", "--start", "npm start"], "this is not a git repository"],
    [[":1/", "--har", "x"], "requests come from a URL or scenario, or from a source: not from both"],
    [["--har", "x", "--openapi", "y"], "one source at a time: --openapi, --har or --access-log"],
    [["--har", "x", "--examples", "y"], "--examples are for the routes of a scan; --har brings its own values"],
    [["--target", ":1", "--har", "none.har"], "there is no file none.har"],
    [["--target", ":1"], "no scan of this folder is kept, so that its routes are not known"],
  ])("%j is refused with what to do", async (argv, message) => {
    const { code, err } = await said(...argv);
    expect(err).toContain(`optimize: ${message}`);
    expect(code).toBe(2);
  });

  it("has every mistake of its scenario told at once", async () => {
    expect((await said("load.jsonc")).err.split("\n").slice(0, 5)).toEqual([
      "optimize: load.jsonc has 4 mistakes:",
      "  feeders.users: none.csv cannot be read",
      "  steps[0]: POST changes something; --allow-writes allows it",
      "  steps[0]: {{nobody}} has no value: no variable, no column of a feeder, nothing extracted before",
      "  steps[0]: {{env.OPTIMIZE_NOWHERE}} is not set in the environment",
    ]);
    const { err } = await said("shape.jsonc");
    for (const part of [
      "has 4 mistakes",
      "steps[0].request is no request",
      "steps[0].think",
      "load has both a rate",
      "timeout is no time at all",
    ])
      expect(err).toContain(part);
  });
});
