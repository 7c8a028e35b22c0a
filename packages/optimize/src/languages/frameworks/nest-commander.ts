import { library } from "../../model/library.ts";

export default library({
  id: "nest-commander",
  packages: ["nest-commander"],
  exports: { CommandRunner: { class: "Runner" } },
  types: { Runner: { entries: { run: { kind: "command" } } } },
  decorators: {
    Command: { on: "class", path: { arg: 0, property: "name" }, injectable: true },
    SubCommand: { on: "class", path: { arg: 0, property: "name" }, injectable: true },
  },
});
