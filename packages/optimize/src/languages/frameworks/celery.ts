/** Tasks: the function below the decorator is a job; calling it through `delay` puts it into a queue. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names, named } from "../shapes/places.ts";
import { decorated } from "./parts/decorated.ts";

const task: MethodSpec = { ...decorated({ kind: "job", path: named("name") }), becomes: "Task" };
const queued: MethodSpec = { effect: { kind: "queue", blocking: true }, returns: "value" };

export default library({
  id: "celery",
  language: "python",
  packages: ["celery", "celery.decorators", "celery.task", "dramatiq", "huey.contrib.djhuey", "rq", "rq.decorators", "django_rq"],
  exports: {
    Celery: { class: "Celery" },
    shared_task: { value: "Decorator" },
    task: { value: "Decorator" },
    db_task: { value: "Decorator" },
    periodic_task: { value: "Decorator" },
    db_periodic_task: { value: "Decorator" },
    actor: { value: "Decorator" },
    job: { value: "Decorator" },
    Queue: { class: "Queue" },
    get_queue: { value: "Maker" },
    enqueue: { value: "Enqueue" },
  },
  types: {
    Celery: { members: { task, send_task: queued } },
    Decorator: { call: task },
    Task: { members: names("delay apply_async send send_with_options schedule", queued) },
    Maker: { call: { returns: { type: "Queue" } } },
    Queue: {
      members: {
        ...names("enqueue enqueue_call", { ...queued, registers: { kind: "job", handlers: named("f", 0) } }),
        ...names("enqueue_in enqueue_at", { ...queued, registers: { kind: "job", handlers: named("func", 1) } }),
      },
    },
    Enqueue: { call: { ...queued, registers: { kind: "job", handlers: named("func", 0) } } },
  },
});
