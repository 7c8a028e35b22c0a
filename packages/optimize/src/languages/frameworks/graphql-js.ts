import { library } from "../../model/library.ts";

export default library({
  id: "graphql-js",
  packages: ["graphql"],
  exports: {
    GraphQLObjectType: { class: "ObjectType" },
    GraphQLSchema: { class: "Schema" },
    GraphQLList: { class: "Wrapper" },
    GraphQLNonNull: { class: "Wrapper" },
  },
  types: {
    ObjectType: {
      construct: {
        registers: {
          kind: "graphql-type",
          path: { arg: 0, property: "name" },
          handlers: { arg: 0, property: "fields" },
          params: ["value", "value", "value", "value"],
        },
      },
    },
    Schema: { construct: {} },
    Wrapper: { construct: {} },
  },
});
