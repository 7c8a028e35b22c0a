import { library } from "../../model/library.ts";
import type { DecoratorSpec } from "../../model/library.ts";

const schedule: DecoratorSpec = { on: "method", entry: { kind: "schedule" }, path: { arg: 0 } };

export default library({
  id: "nest-schedule",
  packages: ["@nestjs/schedule"],
  exports: {},
  types: {},
  decorators: { Cron: schedule, Interval: schedule, Timeout: schedule },
});
