/** Celery tasks: the function below `@app.task` or `@shared_task` is a job; calling it through `delay` puts it into a queue. */
import { library } from "../../model/library.ts";
import { named } from "../shapes/places.ts";
import { decorated } from "./parts/decorated.ts";

const task = decorated({ kind: "job", path: named("name") });

export default library({
  id: "celery",
  language: "python",
  packages: ["celery"],
  exports: { Celery: { class: "Celery" }, shared_task: { value: "SharedTask" } },
  types: { Celery: { members: { task } }, SharedTask: { call: task } },
});
