import { library } from "../../model/library.ts";
import type { DecoratorSpec } from "../../model/library.ts";

const field = (method: string): DecoratorSpec => ({
  on: "method",
  entry: { kind: "resolver", method },
  path: { arg: 0, property: "name" },
});

export default library({
  id: "nest-graphql",
  packages: ["@nestjs/graphql"],
  exports: {},
  types: {},
  decorators: {
    Resolver: { on: "class", path: { arg: 0 }, injectable: true },
    Query: field("Query"),
    Mutation: field("Mutation"),
    Subscription: field("Subscription"),
    // The class decorator names the parent type; the method runs for each of its rows.
    ResolveField: { on: "method", entry: { kind: "resolver" }, path: { arg: 0, property: "name" }, perItem: true },
    ResolveProperty: { on: "method", entry: { kind: "resolver" }, path: { arg: 0, property: "name" }, perItem: true },
    ResolveReference: { on: "method", entry: { kind: "resolver" }, perItem: true },
  },
});
