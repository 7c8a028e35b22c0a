import { library } from "../../model/library.ts";
import type { MethodSpec } from "../../model/library.ts";

const build = ["FieldBuilder"] as const;
const root = (method: string): MethodSpec => ({
  registers: { kind: "graphql-type", method, handlers: { arg: 0, property: "fields" }, params: build },
  returns: "value",
});
const fields = (method: string): MethodSpec => ({
  registers: { kind: "graphql-type", method, handlers: 0, params: build },
  returns: "value",
});
const field = (method: string): MethodSpec => ({
  registers: { kind: "graphql-field", method, path: { arg: 0 }, handlers: 1, params: build },
  returns: "value",
});
const type: MethodSpec = {
  registers: { kind: "graphql-type", path: { arg: 0 }, handlers: { arg: 1, property: "fields" }, params: build },
  returns: "value",
};

export default library({
  id: "pothos",
  packages: ["@pothos/core"],
  exports: { default: { class: "Builder" }, SchemaBuilder: { class: "Builder" } },
  types: {
    Builder: {
      construct: {},
      members: {
        queryType: root("Query"),
        mutationType: root("Mutation"),
        subscriptionType: root("Subscription"),
        queryFields: fields("Query"),
        mutationFields: fields("Mutation"),
        subscriptionFields: fields("Subscription"),
        queryField: field("Query"),
        mutationField: field("Mutation"),
        subscriptionField: field("Subscription"),
        objectType: type,
        prismaObject: type,
        prismaNode: type,
        drizzleObject: type,
        objectFields: { registers: { kind: "graphql-type", path: { arg: 0 }, handlers: 1, params: build }, returns: "value" },
        objectField: { registers: { kind: "graphql-field", path: { arg: 1 }, handlers: 2, params: build }, returns: "value" },
        objectRef: { returns: { type: "Ref", table: { arg: 0 } } },
        toSchema: { returns: "value" },
      },
      any: { returns: "value" },
    },
    Ref: {
      members: {
        implement: { registers: { kind: "graphql-type", handlers: { arg: 0, property: "fields" }, params: build }, returns: "same" },
      },
    },
    // A field is its options: the resolver stands in `resolve`.
    FieldBuilder: { any: { returns: { argument: 0 } }, call: { returns: { argument: 0 } } },
  },
});
