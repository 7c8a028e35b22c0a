import { library } from "../../model/library.ts";
import type { MethodSpec, TypeSpec } from "../../model/library.ts";

const params = ["Block"] as const;
const call = (spec: MethodSpec): TypeSpec => ({ call: { returns: "value", ...spec } });
const root = (method: string): TypeSpec =>
  call({ registers: { kind: "graphql-type", method, handlers: { arg: 0, property: "definition" }, params } });
const field = (method: string): TypeSpec =>
  call({
    registers: {
      kind: "graphql-field",
      method,
      path: { arg: 0 },
      handlers: { arg: 1, property: "resolve" },
      params: ["value", "value", "value", "value"],
    },
  });

export default library({
  id: "nexus",
  packages: ["nexus", "@nexus/schema"],
  exports: {
    objectType: { value: "ObjectType" },
    extendType: { value: "ExtendType" },
    queryType: { value: "QueryType" },
    mutationType: { value: "MutationType" },
    subscriptionType: { value: "SubscriptionType" },
    queryField: { value: "QueryField" },
    mutationField: { value: "MutationField" },
  },
  types: {
    ObjectType: call({
      registers: { kind: "graphql-type", path: { arg: 0, property: "name" }, handlers: { arg: 0, property: "definition" }, params },
    }),
    ExtendType: call({
      registers: { kind: "graphql-type", path: { arg: 0, property: "type" }, handlers: { arg: 0, property: "definition" }, params },
    }),
    QueryType: root("Query"),
    MutationType: root("Mutation"),
    SubscriptionType: root("Subscription"),
    QueryField: field("Query"),
    MutationField: field("Mutation"),
    Block: {
      members: { list: "Block", nonNull: "Block", nullable: "Block" },
      any: {
        registers: {
          kind: "graphql-field",
          path: { arg: 0 },
          handlers: { arg: 1, property: "resolve" },
          params: ["value", "value", "value", "value"],
        },
        returns: "void",
      },
    },
  },
});
