import { library } from "../../model/library.ts";
import type { DecoratorSpec } from "../../model/library.ts";

const field = (method: string): DecoratorSpec => ({
  on: "method",
  entry: { kind: "resolver", method },
  path: { arg: 0, property: "name" },
});

export default library({
  id: "type-graphql",
  packages: ["type-graphql"],
  exports: {},
  types: {},
  decorators: {
    Resolver: { on: "class", path: { arg: 0 }, injectable: true },
    Query: field("Query"),
    Mutation: field("Mutation"),
    Subscription: field("Subscription"),
    FieldResolver: { on: "method", entry: { kind: "resolver" }, path: { arg: 0, property: "name" }, perItem: true },
  },
});
