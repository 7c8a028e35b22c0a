import { library } from "../../model/library.ts";

/** Handlers are classes that implement one of these; `nest.ts` holds their decorators. */
export default library({
  id: "nest-cqrs",
  packages: ["@nestjs/cqrs"],
  exports: { ICommandHandler: { type: "Handler" }, IQueryHandler: { type: "Handler" }, IEventHandler: { type: "EventHandler" } },
  types: {
    Handler: { entries: { execute: { kind: "event" } } },
    EventHandler: { entries: { handle: { kind: "event" } } },
  },
});
