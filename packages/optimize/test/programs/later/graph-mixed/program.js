import DataLoader from "dataloader";
import { GraphQLInt, GraphQLList, GraphQLObjectType, GraphQLSchema, GraphQLString, graphql } from "graphql";
import { createServer } from "node:http";
import { backends } from "../../support/backends.js";
import { answering, drive } from "../../support/drive.js";
import { store } from "./store.js";

const { pg } = await backends("pg");
const { customersByIds, itemsOf, latest, close } = store(pg);

const Item = new GraphQLObjectType({ name: "Item", fields: { title: { type: GraphQLString } } });
const Order = new GraphQLObjectType({
  name: "Order",
  fields: {
    total: { type: GraphQLInt },
    buyer: { type: GraphQLString, resolve: async (order, _, { buyers }) => (await buyers.load(order.customer_id)).name },
    items: { type: new GraphQLList(Item), resolve: (order) => itemsOf(order) },
  },
});
const Query = new GraphQLObjectType({
  name: "Query",
  fields: { latest: { type: new GraphQLList(Order), args: { first: { type: GraphQLInt } }, resolve: (_, { first }) => latest(first) } },
});
const schema = new GraphQLSchema({ query: Query });

const server = createServer(
  answering(async (_, query) => {
    const contextValue = { buyers: new DataLoader(customersByIds) };
    const source = `{ latest(first: ${Number(query.get("first"))}) { total buyer items { title } } }`;
    const { data, errors } = await graphql({ schema, source, contextValue });
    if (errors !== undefined) throw errors[0];
    return data;
  }),
);
await drive(server, ["/?first=7", "/?first=18"]);
await close();
