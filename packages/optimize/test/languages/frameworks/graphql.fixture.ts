import type { FrameworkFixture } from "./fixture.ts";

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "a map spread over files, merged, handed to a server",
    files: {
      "src/server.ts": `import { ApolloServer } from "@apollo/server";
import { mergeResolvers } from "@graphql-tools/merge";
import { users } from "./users";
import posts from "./posts";
const server = new ApolloServer({ typeDefs: "", resolvers: mergeResolvers([users, posts]) });`,
      "src/users.ts": `export const users = { Query: { users: async () => [], me: (_p, _a, ctx) => ctx.user }, User: { posts: async (user) => [user.id] } };`,
      "src/posts.ts": `const Mutation = { async addPost() { return {}; } };\nexport default { Mutation };`,
    },
    expect: ["resolver Mutation.addPost", "resolver Query.me", "resolver Query.users", "resolver User.posts"],
  },
  {
    title: "schema makers",
    files: {
      "src/a.ts": `import { makeExecutableSchema } from "@graphql-tools/schema";
export const schema = makeExecutableSchema({ typeDefs: "", resolvers: { Query: { version: () => "1" } } });`,
      "src/b.ts": `import { createSchema, createYoga } from "graphql-yoga";
export const yoga = createYoga({ schema: createSchema({ typeDefs: "", resolvers: [{ Query: { clock: () => 0 } }] }) });`,
    },
    expect: ["resolver Query.clock", "resolver Query.version"],
  },
  {
    title: "graphql-js objects with fields as a thunk",
    files: {
      "src/schema.js": `const { GraphQLObjectType, GraphQLSchema, GraphQLString } = require("graphql");
const User = new GraphQLObjectType({ name: "User", fields: () => ({ name: { type: GraphQLString, resolve: (user) => user.name }, id: { type: GraphQLString } }) });
const Query = new GraphQLObjectType({ name: "Query", fields: { user: { type: User, async resolve(_, args) { return args; } } } });
module.exports = new GraphQLSchema({ query: Query });`,
    },
    expect: ["resolver Query.user", "resolver User.name"],
  },
  {
    title: "type-graphql, pothos and nexus",
    files: {
      "src/a.ts": `import { FieldResolver, Query, Resolver } from "type-graphql";
class Book {}
@Resolver(() => Book) export class Books { @Query(() => [Book]) books() { return []; } @FieldResolver() author() { return null; } }`,
      "src/b.ts": `import SchemaBuilder from "@pothos/core";
const builder = new SchemaBuilder({});
builder.queryType({ fields: (t) => ({ shops: t.field({ type: ["String"], resolve: async () => [] }), name: t.exposeString("name") }) });
builder.mutationField("addShop", (t) => t.boolean({ resolve: () => true }));`,
      "src/c.ts": `import { objectType, queryField } from "nexus";
export const Owner = objectType({ name: "Owner", definition(t) { t.string("id"); t.list.field("pets", { type: "Pet", resolve: async () => [] }); } });
export const owners = queryField("owners", { type: "Owner", resolve: () => [] });`,
    },
    expect: [
      "resolver Book.author",
      "resolver Mutation.addShop",
      "resolver Owner.pets",
      "resolver Query.books",
      "resolver Query.owners",
      "resolver Query.shops",
    ],
  },
];

export default fixtures;
