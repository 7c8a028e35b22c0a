import { library } from "../../model/library.ts";
import type { MethodSpec, RegisterSpec } from "../../model/library.ts";

/** parent, arguments, context, info */
const params = ["value", "value", "value", "value"] as const;
const fromOptions: RegisterSpec = { kind: "resolvers", handlers: { arg: 0, property: "resolvers" }, params };
const schema: MethodSpec = { registers: fromOptions, returns: { type: "Schema" } };

/** Resolver maps: servers and schema makers that take `{ typeDefs, resolvers }`, and the functions that merge such maps. */
export default library({
  id: "graphql",
  packages: [
    "@apollo/server",
    "apollo-server",
    "apollo-server-express",
    "apollo-server-koa",
    "apollo-server-fastify",
    "apollo-server-lambda",
    "@graphql-tools/schema",
    "graphql-tools",
    "graphql-yoga",
    "@apollo/subgraph",
    "@apollo/federation",
    "@graphql-tools/merge",
  ],
  exports: {
    ApolloServer: { class: "Server" },
    GraphQLServer: { class: "Server" },
    makeExecutableSchema: { value: "MakeSchema" },
    createSchema: { value: "MakeSchema" },
    buildSubgraphSchema: { value: "MakeSubgraph" },
    buildFederatedSchema: { value: "MakeSubgraph" },
    addResolversToSchema: { value: "MakeSchema" },
    mergeResolvers: { value: "Merge" },
    createYoga: { value: "Yoga" },
  },
  types: {
    Server: {
      construct: { registers: fromOptions },
      members: {
        start: { returns: "value", promise: true },
        listen: { returns: "value", promise: true, listens: true },
        applyMiddleware: { returns: "void" },
        getMiddleware: { returns: "value" },
      },
    },
    MakeSchema: { call: schema },
    MakeSubgraph: { call: schema },
    Merge: { call: { returns: { argument: 0 } } },
    Yoga: { call: { returns: { type: "Schema" } } },
    Schema: {},
  },
});
