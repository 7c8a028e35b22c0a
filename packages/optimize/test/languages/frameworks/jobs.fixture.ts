import type { FrameworkFixture } from "./fixture.ts";

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "bullmq and bull workers",
    files: {
      "src/mail.ts": `import { Queue, Worker } from "bullmq";
export const queue = new Queue("mail");
export const worker = new Worker("mail", async (job) => { await send(job.data); }, { concurrency: 5 });
async function send(data: unknown) { return data; }`,
      "src/images.js": `const Queue = require("bull");
const images = new Queue("images");
images.process(4, async (job) => job.data);`,
    },
    expect: ["job images", "job mail"],
  },
  {
    title: "timetables",
    files: {
      "src/a.ts": `import cron from "node-cron"; cron.schedule("*/5 * * * *", async () => {});`,
      "src/b.ts": `import { CronJob } from "cron"; new CronJob("0 0 * * *", () => {});\nCronJob.from({ cronTime: "0 1 * * *", onTick: async () => {} });`,
      "src/c.ts": `import { Cron } from "croner"; new Cron("@hourly", { protect: true }, async () => {});`,
      "src/d.js": `const schedule = require("node-schedule"); schedule.scheduleJob("nightly", "0 2 * * *", function () {});`,
    },
    expect: ["schedule */5 * * * *", "schedule 0 0 * * *", "schedule 0 1 * * *", "schedule @hourly", "schedule nightly"],
  },
  {
    title: "timers, and loops that never end, are jobs when they do what no browser can",
    files: {
      "src/db.ts": `import { PrismaClient } from "@prisma/client"; export const prisma = new PrismaClient();`,
      "src/clean.ts": `import { prisma } from "./db";
const clean = async () => { await prisma.session.deleteMany({ where: { expires: { lt: new Date() } } }); };
setInterval(clean, 60_000);
export function watch() { return setInterval(async () => { await prisma.mail.findMany({ take: 10 }); }, 5000); }`,
      "src/worker.ts": `import { setTimeout as sleep } from "node:timers/promises";
import { prisma } from "./db";
class Outbox {
  async start() { for (;;) { await prisma.message.findFirst({ where: { sent: false } }); await sleep(1000); } }
}
export async function work() { while (true) { await prisma.task.findMany({ take: 5 }); await sleep(1000); } }
export async function firstFree() { while (true) { const one = await prisma.slot.findFirst({ where: { free: true } }); if (one) return one; await sleep(10); } }
export async function off() { while (true) { await prisma.task.findMany({ take: 5 }); await sleep(1000); } }
work();
firstFree();
new Outbox().start();`,
      "scripts/load.ts": `import { prisma } from "../src/db";
async function main() { while (true) { await prisma.task.create({ data: { made: true } }); } }
main();`,
      "src/clock.tsx": `export function Clock({ show }: any) { setInterval(() => { fetch("/time").then(show); }, 1000); return null; }`,
    },
    expect: ["schedule clean", "schedule watch", "worker Outbox.start", "worker work"],
  },
  {
    title: "agenda, graphile-worker, temporal",
    files: {
      "src/a.ts": `import { Agenda } from "agenda"; const agenda = new Agenda({}); agenda.define("report", { concurrency: 1 }, async (job) => {});`,
      "src/b.ts": `import { run } from "graphile-worker"; await run({ taskList: { sendMail: async (payload, tools) => {} } });`,
      "src/c.ts": `import { Worker } from "@temporalio/worker"; import * as activities from "./activities"; await Worker.create({ activities, taskQueue: "q" });`,
      "src/activities.ts": `export async function charge() {}`,
    },
    expect: ["job charge", "job report", "job sendMail"],
  },
  {
    title: "trigger.dev and inngest",
    files: {
      "src/a.ts": `import { schedules, task } from "@trigger.dev/sdk/v3";
export const resize = task({ id: "resize", run: async (payload) => payload });
export const nightly = schedules.task({ id: "nightly", cron: "0 0 * * *", run: async () => {} });`,
      "src/b.ts": `import { Inngest } from "inngest";
const inngest = new Inngest({ id: "app" });
export const f = inngest.createFunction({ id: "sync" }, { event: "a/b" }, async ({ step }) => { await step.run("one", async () => 1); });`,
    },
    expect: ["job resize", "job sync", "schedule nightly"],
  },
];

export default fixtures;
