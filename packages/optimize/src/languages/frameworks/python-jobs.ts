/** Huey, Taskiq, Procrastinate, APScheduler and arq: functions that a decorator, a call or a list makes jobs. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names, named } from "../shapes/places.ts";
import { decorated } from "./parts/decorated.ts";

const task: MethodSpec = { ...decorated({ kind: "job", path: named("name") }), becomes: "Task" };
const queued: MethodSpec = { effect: { kind: "queue", blocking: true }, returns: "value" };
const waited: MethodSpec = { effect: { kind: "queue" }, promise: true, returns: "value" };
const scheduled: MethodSpec = decorated({ kind: "schedule" });

export default library({
  id: "python-jobs",
  language: "python",
  workerClass: { name: "WorkerSettings", jobs: { functions: "job", cron_jobs: "schedule" } },
  packages: [
    "huey",
    "taskiq",
    "taskiq_redis",
    "taskiq_aio_pika",
    "procrastinate",
    "apscheduler.schedulers.background",
    "apscheduler.schedulers.asyncio",
    "apscheduler.schedulers.blocking",
    "apscheduler.schedulers.base",
    "arq",
    "arq.cron",
    "arq.worker",
    "arq.connections",
  ],
  exports: {
    ...names("Huey RedisHuey SqliteHuey MemoryHuey PriorityRedisHuey RedisExpireHuey FileHuey", { class: "Huey" }),
    ...names("InMemoryBroker ZeroMQBroker ListQueueBroker PubSubBroker RedisStreamBroker AioPikaBroker AsyncBroker", { class: "Broker" }),
    App: { class: "Broker" },
    ...names("BackgroundScheduler AsyncIOScheduler BlockingScheduler BaseScheduler", { class: "Scheduler" }),
    ArqRedis: { class: "Pool" },
    create_pool: { value: "CreatePool" },
    Worker: { class: "Worker" },
    cron: { value: "Cron" },
    func: { value: "Named" },
  },
  types: {
    Huey: { members: { ...names("task", { ...task, becomes: "Queued" }), periodic_task: scheduled, enqueue: queued } },
    /** Calling it puts it into the queue. */
    Queued: { call: queued, members: names("schedule s", queued) },
    Broker: { members: { task, periodic: scheduled, ...names("startup shutdown open open_async", { returns: "value", promise: true }) } },
    Task: { members: names("kiq kicker defer_async", waited) },
    Scheduler: {
      members: {
        add_job: { registers: { kind: "schedule", handlers: named("func", 0) }, returns: "value" },
        scheduled_job: scheduled,
        ...names("start shutdown remove_job", { returns: "void" }),
      },
    },
    CreatePool: { call: { effect: { kind: "connect" }, promise: true, returns: { type: "Pool" } } },
    Pool: { members: { enqueue_job: waited } },
    Worker: { construct: { registers: { kind: "job", handlers: named("functions", 0) } } },
    /** `cron(clean, hour=3)`, `func(send, name="mail")`: the job that it was made with. */
    Cron: { call: { registers: { kind: "schedule", handlers: named("coroutine", 0) }, returns: { type: "Job" } } },
    Named: { call: { registers: { kind: "job", handlers: named("coroutine", 0) }, returns: { type: "Job" } } },
    Job: {},
  },
});
