import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { observeCommand } from "../../src/collectors/command.ts";
import { insideOf } from "../../src/collectors/container.ts";
import { evidenceSetOf } from "../../src/collectors/evidence-set.ts";
import type { EvidenceSet } from "../../src/model/evidence.ts";
import { temporaryFolder } from "../temporary.ts";
import { agent, programs } from "./observed.ts";

/** Answers two requests of its own, reading a file in the third line, and says what the container preloads. */
const server = `const http = require("http"), fs = require("fs");
const server = http.createServer((request, response) => {
  fs.readFileSync(__filename);
  response.end();
}).listen(0, "127.0.0.1", async () => {
  for (let n = 0; n < 2; n += 1) await new Promise((done) => http.get({ port: server.address().port, path: "/v1", agent: false }, (answer) => answer.resume().on("end", done)));
  server.close();
  process.exitCode = process.argv[2] === "options" && globalThis.preloaded !== true ? 9 : 3;
});
`;

interface Engine {
  readonly env: Record<string, string>;
  /** The command lines that it was given. */
  readonly said: () => { readonly words: readonly string[]; readonly nodeOptions: string }[];
  readonly project: string;
  /** What stands for the root of the container. */
  readonly files: string;
}

/** An engine that has one container or image, with `files` in it. */
function engineWith(
  files: Record<string, string>,
  project: Record<string, string>,
  state: (files: string, project: string) => object,
): Engine {
  const root = temporaryFolder({
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`files/${name}`, text])),
    "files/tmp/x": "",
    "bin/x": "",
  });
  const outside = temporaryFolder(project);
  const docker = join(root, "bin/docker");
  writeFileSync(docker, `#!/bin/sh\nexec "${process.execPath}" "${join(programs, "docker.cjs")}" "$@"\n`);
  chmodSync(docker, 0o755);
  const log = join(root, "log");
  const known = join(root, "state.json");
  writeFileSync(
    known,
    JSON.stringify({
      log,
      files: join(root, "files"),
      workdir: join(root, "files/app"),
      host: "unix:///var/run/docker.sock",
      ...state(join(root, "files"), outside),
    }),
  );
  return {
    env: { PATH: `${dirname(docker)}:${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`, FAKE_DOCKER: known },
    said: () =>
      readFileSync(log, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { words: string[]; nodeOptions: string }),
    project: outside,
    files: join(root, "files"),
  };
}

async function measured(
  { env, project }: Engine,
  command: readonly string[],
): Promise<{ readonly exitCode: number; readonly set: EvidenceSet; readonly raw: string }> {
  const raw = join(temporaryFolder(), "raw");
  mkdirSync(raw, { mode: 0o700 });
  const options = { cwd: project, env, agent, raw, root: project };
  const inside = insideOf(command, options);
  const { exitCode, salt } = await observeCommand({ ...options, command, inside, quiet: true, onStart: () => undefined });
  const failures = inside?.fetch() ?? [];
  const set = evidenceSetOf({
    id: "t",
    root: project,
    raw,
    command,
    salt,
    startedAt: "",
    seconds: 1,
    exitCode,
    underLoad: false,
    inside,
    failures,
  });
  return { exitCode, set, raw };
}

const blockingIn = ({ evidence }: EvidenceSet): unknown[] =>
  evidence.flatMap((one) => (one.kind === "blocking" ? [[one.place?.file, one.place?.line, one.count]] : []));

describe("a program in a container", () => {
  it("that is made for it gets the agent mounted, keeps its own NODE_OPTIONS, and its paths are those of the folder that it shares", async () => {
    const engine = engineWith(
      { "app/src/server.cjs": server, "app/own.cjs": "globalThis.preloaded = true;" },
      { "src/server.cjs": server },
      (files, project) => ({
        config: {
          name: "shop",
          services: { web: { environment: { MODE: "test" }, volumes: [{ type: "bind", source: project, target: join(files, "app") }] } },
        },
        image: { Env: [`NODE_OPTIONS=--require ${join(files, "app/own.cjs")}`], WorkingDir: join(files, "app") },
      }),
    );
    const { exitCode, set } = await measured(engine, ["docker", "compose", "run", "--rm", "web", "node", "src/server.cjs", "options"]);
    expect(exitCode).toBe(3);
    expect(set.failures).toEqual([]);
    expect(blockingIn(set)).toEqual([["src/server.cjs", 3, 2]]);
    const last = engine.said().at(-1);
    expect(last?.words.slice(0, 3)).toEqual(["compose", "run", "--rm"]);
    expect(last?.words.slice(-4)).toEqual(["web", "node", "src/server.cjs", "options"]);
    // The engine itself is not observed.
    expect(last?.nodeOptions).toBe("");
  });

  it("whose files were copied into the image, and built there, has the places of the project", async () => {
    const map = JSON.stringify({ version: 3, sources: ["../src/server.ts"], mappings: "AAAA;AACA;AACA;AACA;AACA;AACA;AACA;AACA;AACA" });
    const engine = engineWith(
      { "app/dist/server.cjs": `${server}//# sourceMappingURL=server.cjs.map\n`, "app/dist/server.cjs.map": map },
      { "web/src/server.ts": server, "web/dist/server.cjs": "" },
      (files, project) => ({
        config: { name: "shop", services: { web: { build: { context: join(project, "web") } } } },
        image: { Env: null, WorkingDir: join(files, "app") },
      }),
    );
    const { set } = await measured(engine, ["docker", "compose", "run", "web", "node", "dist/server.cjs"]);
    expect(set.failures).toEqual([]);
    expect(blockingIn(set)).toEqual([["web/src/server.ts", 3, 2]]);
  });

  it("that was made from another folder says so, and keeps its own paths", async () => {
    const engine = engineWith({ "app/server.cjs": server }, { "other.js": "" }, (files) => ({
      config: { name: "shop", services: { web: { image: "shop/web" } } },
      image: { Env: [], WorkingDir: join(files, "app") },
    }));
    const { set } = await measured(engine, ["docker", "compose", "run", "web", "node", "server.cjs"]);
    expect(set.failures).toEqual([expect.stringContaining("are not those of this folder")]);
    expect(blockingIn(set)).toEqual([[join(engine.files, "app/server.cjs"), 3, 2]]);
  });

  it("that runs already is handed the agent, gives its records back, and nothing of ours stays in it", async () => {
    const engine = engineWith({ "app/server.cjs": server }, { "server.cjs": server }, (files, project) => ({
      id: "4f2a",
      env: { TMPDIR: join(files, "tmp") },
      container: {
        Config: { Env: ["NODE_OPTIONS=--no-warnings"], WorkingDir: join(files, "app") },
        Mounts: [{ Type: "bind", Source: project, Destination: join(files, "app") }],
        State: { Running: true },
      },
    }));
    const { exitCode, set, raw } = await measured(engine, [
      "docker",
      "compose",
      "exec",
      "-w",
      join(engine.files, "app"),
      "web",
      "node",
      "server.cjs",
    ]);
    expect(exitCode).toBe(3);
    expect(set.failures).toEqual([]);
    expect(blockingIn(set)).toEqual([["server.cjs", 3, 2]]);
    expect(readdirSync(join(engine.files, "tmp"))).toEqual(["x"]);
    expect(existsSync(raw)).toBe(true);
    const options = engine.said().flatMap(({ words }) => words.filter((word) => word.startsWith("NODE_OPTIONS=--require")));
    expect(options).toEqual([expect.stringMatching(/agent\.cjs"? --no-warnings$/)]);
  });

  it.each([
    ["no container that runs", ["compose", "exec", "web", "node", "x"], { id: "" }, "web is not running"],
    ["one that has ended", ["exec", "web", "node", "x"], { container: { Config: {}, State: { Running: false } } }, "web is not running"],
    [
      "no image yet",
      ["compose", "run", "web", "node", "x"],
      { config: { name: "shop", services: { web: {} } } },
      "the image shop-web is not on this machine yet",
    ],
    ["another machine", ["run", "node:20", "node", "x"], { host: "ssh://me@far" }, "runs its containers on another machine (ssh://far)"],
    [
      "no Node in it",
      ["exec", "web", "node", "x"],
      { container: { Config: {}, State: { Running: true } }, env: { PATH: "/nowhere" } },
      "the agent could not be put into web",
    ],
    ["nobody waiting for it", ["compose", "run", "-d", "web"], {}, "docker compose run --detach ends at once"],
    ["several of them", ["compose", "-f", "a.yml", "up"], {}, "docker compose up starts programs that it does not run itself"],
  ])("is refused with %s", async (_, words, state, message) => {
    const engine = engineWith({ "app/x": "" }, {}, () => state);
    await expect(measured(engine, ["docker", ...words])).rejects.toThrow(message);
  });

  it("is left to the engine when there is no such service", async () => {
    const engine = engineWith({ "app/x": "" }, {}, () => ({ config: { services: {} } }));
    await measured(engine, ["docker", "compose", "run", "web", process.execPath, "-e", ""]);
    expect(engine.said().at(-1)?.words).toEqual(["compose", "run", "web", process.execPath, "-e", ""]);
  });
});
