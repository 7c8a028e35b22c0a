/** `optimize load` as a process of its own, against services on loopback. A busy machine may make any run inconclusive: nothing here asks for a time. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createServer } from "node:http";
import { createServer as createHttp2 } from "node:http2";
import { createServer as createTcp } from "node:net";
import { expect, folderOf, launcher, optimize } from "./harness.js";

/** A server that listens while `use` is at work. */
async function listening(server, use) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.closeAllConnections?.();
    server.close();
  }
}

const answering = () =>
  createServer((_, response) => {
    response.setHeader("content-type", "application/json");
    response.end('{"ok":true}');
  });
const json = ["--format", "json"];

export const loadChecks = [
  [
    "load: every request is sent and counted once, over HTTP/1.1 and HTTP/2",
    async () => {
      let asked = 0;
      const two = createHttp2((_, response) => {
        asked++;
        response.setHeader("content-type", "application/json");
        response.end('{"ok":true}');
      });
      for (const [server, more] of [
        [answering(), []],
        [two, ["--http2"]],
      ]) {
        await listening(server, async (url) => {
          const { code, out, err } = await optimize(["load", url, "--users", "4", "--iterations", "500", ...json, ...more]);
          expect(code === 0 || code === 3, "it passes, or says that it was late itself", { code, err });
          const { requests, failed } = JSON.parse(out).total;
          expect(requests === 500 && failed === 0, "500 requests, none failed", out);
        });
      }
      // One more is the question before the run whether anybody is there.
      expect(asked === 501, "the server saw as many", asked);
    },
  ],
  [
    "load: who is not there, speaks something else or has mistakes in the scenario is told before anything is measured",
    async () => {
      const nobody = await optimize(["load", "http://127.0.0.1:1/"]);
      expect(nobody.code === 2 && nobody.err.includes("refuses connections"), "refused", nobody);
      const unknown = await optimize(["load", "http://no-such-host.invalid/"]);
      expect(unknown.code === 2 && unknown.err.includes("was not found"), "not found", unknown);
      await listening(answering(), async (url) => {
        const plain = await optimize(["load", url.replace("http:", "https:")]);
        expect(plain.code === 2 && plain.err.includes("does not speak TLS"), "no TLS", plain);
        const older = await optimize(["load", url, "--http2"]);
        expect(older.code === 2 && older.err.includes("does not speak HTTP/2"), "no HTTP/2", older);
      });
      const other = createTcp((socket) => socket.on("error", () => {}).end("SSH-2.0-x\r\n"));
      await listening(other, async (url) => {
        const { code, err } = await optimize(["load", url]);
        expect(code === 2 && err.includes("does not speak HTTP"), "no HTTP", { code, err });
      });
      const scenario = {
        target: "http://127.0.0.1:1",
        stepz: [],
        steps: [{ request: "GET x", think: "5 moons" }],
        thresholds: ["p95 < 200"],
      };
      const folder = folderOf({ "load.jsonc": JSON.stringify(scenario) });
      const { code, err } = await optimize(["load", "load.jsonc"], { cwd: folder });
      expect(code === 2 && err.includes("4 mistakes") && err.includes('"stepz"'), "all mistakes at once", { code, err });
    },
  ],
  [
    "load: Ctrl-C keeps what was measured, and says that it was interrupted",
    async () => {
      let asked = 0;
      const server = answering().on("request", () => ++asked === 20 && server.emit("run"));
      await listening(server, async (url) => {
        const { code, out } = await optimize(["load", url, "--rate", "50", "--duration", "60s", ...json], {
          // The first request is the question whether anybody is there; the others are the run.
          during: (child) => {
            server.once("run", () => setTimeout(() => child.kill("SIGINT"), 1500));
          },
        });
        const { verdict, reasons } = JSON.parse(out);
        expect(code === 130 && verdict === "interrupted" && reasons[0].startsWith("interrupted after"), "it is said", { code, out });
      });
    },
  ],
  [
    "load: a target that dies ends the run with what there was until then",
    async () => {
      let asked = 0;
      const server = answering().on("request", () => {
        if (++asked < 100) return;
        server.close();
        setImmediate(() => server.closeAllConnections());
      });
      await listening(server, async (url) => {
        const { code, out } = await optimize(["load", url, "--rate", "50", "--duration", "60s", ...json]);
        const { reasons, total } = JSON.parse(out);
        expect(code === 1 && reasons[0].includes("has answered nothing for"), "it is said", { code, reasons });
        expect(total.statuses["200"] > 50 && total.failures.refused > 0, "both are counted", total);
      });
    },
  ],
  [
    "load: a git ref is laid out, started beside the present files by the same command, asked in turns, and removed again",
    async () => {
      const source = (version) =>
        `require("http").createServer((_, response) => { require("fs").appendFileSync(process.env.SEEN, "${version} " + process.cwd() + "\\n"); response.setHeader("content-type", "application/json"); response.end("{}"); }).listen(process.env.PORT);`;
      const folder = folderOf({ "server.cjs": source("old") });
      const git = (...args) =>
        execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", ...args], {
          cwd: folder,
        });
      git("init", "-q", "-b", "main");
      git("add", "-A");
      git("commit", "-qm", "first");
      writeFileSync(join(folder, "server.cjs"), source("new"));
      const seen = join(folderOf(), "seen");
      const start = `"${process.execPath}" server.cjs`;
      const options = ["--start", start, "--rate", "20", "--step", "1s", "--pairs", "2", ...json];
      const { code, out, err } = await optimize(["load", ":3000/a", "--compare", "main", ...options], { cwd: folder, env: { SEEN: seen } });
      expect(code === 3, "two pairs are too few to tell", { code, out, err });
      const lines = readFileSync(seen, "utf8").trim().split("\n");
      const [older, newer] = ["old ", "new "].map((version) => lines.filter((line) => line.startsWith(version)));
      expect(older.length > 20 && newer.length > 20, "both were asked", { older: older.length, newer: newer.length });
      expect(new Set(newer).size === 1 && newer[0].endsWith(folder.split("/").at(-1)), "the present files in their place", newer[0]);
      expect(!existsSync(older[0].slice("old ".length)), "the copy is gone", older[0]);
      const { before, after } = JSON.parse(out);
      expect(before.startsWith("main (") && after === "the present files", "they are named", { before, after });
      const without = await optimize(["load", ":3000/", "--compare", "main"], { cwd: folder });
      expect(without.code === 2 && without.err.includes("--start"), "what is missing is said", without);
    },
  ],
  [
    "load: under measure the slowest requests are shown with what they ran, and the evidence says that it was load",
    async () => {
      const folder = folderOf({
        "server.cjs": `const http = require("http"); http.createServer((request, response) => {
  if (request.url === "/inner") return response.end("x");
  http.get({ port: request.socket.localPort, path: "/inner" }, (answer) => answer.resume().on("end", () => { response.setHeader("content-type", "application/json"); response.end("{}"); }));
}).listen(process.env.PORT, () => require("fs").writeFileSync("ready", ""));`,
      });
      const port = await new Promise((resolve) => {
        const server = createTcp().listen(0, "127.0.0.1", () => {
          const { port: free } = server.address();
          server.close(() => resolve(String(free)));
        });
      });
      const load = `while [ ! -e ready ]; do sleep 0.1; done; "${process.execPath}" "${launcher}" load http://127.0.0.1:${port}/orders --rate 50 --duration 2s --traced 50`;
      // From another folder: the load run is told where the project is.
      const command = ["measure", "--root", folder, "--while", load, "--", process.execPath, join(folder, "server.cjs")];
      const { err } = await optimize(command, { cwd: folderOf(), env: { PORT: port } });
      expect(err.includes("SLOWEST REQUESTS") && err.includes("server.cjs:3"), "requests and their places", err);
      const [set] = readdirSync(join(folder, ".optimize/evidence"));
      const { environment, evidence } = JSON.parse(readFileSync(join(folder, ".optimize/evidence", set, "evidence.json"), "utf8"));
      const seen = evidence.find(({ kind }) => kind === "load");
      expect(environment.circumstance === "load" && seen.endpoint === "GET /orders" && seen.requests === 100, "the load run", seen);
      expect(
        evidence.some(({ kind, calls }) => kind === "trace" && calls === 1),
        "a traced request with its call",
        evidence.length,
      );
    },
  ],
  [
    "load: a scenario is written from a log, done in parts by two machines, added up, and written for k6 and Kubernetes",
    async () => {
      await listening(answering(), async (url) => {
        const line = (path, status = 200) => `10.0.0.1 - - [26/Nov/2026:10:00:00 +0000] "GET ${path} HTTP/1.1" ${status} 12 "-" "-"`;
        const folder = folderOf({ "access.log": [line("/a"), line("/a"), line("/b?page=2"), line("/gone", 404)].join("\n") });
        const here = { cwd: folder };
        const written = await optimize(["load", "init", "--access-log", "access.log", "--target", url.slice(0, -1)], here);
        expect(written.code === 0 && written.out.includes("2 requests"), "it is written", written);
        const again = await optimize(["load", "init", "--access-log", "access.log"], here);
        expect(again.code === 2 && again.err.includes("--force"), "and not written over", again);
        for (const part of [0, 1]) {
          const options = ["--rate", "30", "--duration", "2s", "--segment", `${part}/2`, "--output", `part-${part}.json`];
          const { code, err } = await optimize(["load", "load.jsonc", ...options], here);
          expect(code === 0 || code === 3, "a part is done", { code, err });
        }
        const merged = await optimize(["load", "merge", "part-0.json", "part-1.json", ...json], here);
        const { total, endpoints } = JSON.parse(merged.out);
        expect(total.requests === 60 && total.failed === 0, "all of the schedule, each once", total);
        expect(Math.abs(endpoints[0].requests - 40) < 2 && endpoints.length === 2, "as often as the log says", endpoints);
        const k6 = await optimize(["load", "export", "k6", "load.jsonc"], here);
        expect(k6.code === 0 && k6.out.includes("k6/http") && k6.out.includes("/b?page=2"), "a script", k6);
        const job = await optimize(["load", "export", "job", "load.jsonc", "--machines", "2", "--image", "an/image"], here);
        expect(job.code === 0 && job.out.includes("Indexed"), "a job", job);
      });
    },
  ],
  [
    "load: a search for the capacity says what it found or why not, with its steps",
    async () => {
      await listening(answering(), async (url) => {
        const options = ["--find-capacity", "--slo", "p90 < 500ms", "--step", "1s", "--max-steps", "3", "--max-rate", "100", ...json];
        const { code, out, err } = await optimize(["load", url, ...options]);
        const { outcome, steps, objective } = JSON.parse(out);
        expect(objective === "p90 < 500ms" && steps.length > 0, "its steps", out);
        // A machine that is busy with other things may end it.
        expect({ above: 0, inconclusive: 3 }[outcome] === code, "its exit code", { code, outcome, err });
      });
      const nothing = await optimize(["load", ":1/", "--find-capacity", "--slo", "p99 < 5ms", "--users", "3"]);
      expect(nothing.code === 2, "users make no rate", nothing);
    },
  ],
];
