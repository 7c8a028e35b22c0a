import { GraphQLInt, GraphQLList, GraphQLObjectType, GraphQLSchema, GraphQLString } from "graphql";

/** The same schema with whatever looks up the customer of an order. */
export function schemaOf(orders, customerOf) {
  const Customer = new GraphQLObjectType({ name: "Customer", fields: { name: { type: GraphQLString } } });
  const Order = new GraphQLObjectType({
    name: "Order",
    fields: { id: { type: GraphQLInt }, customer: { type: Customer, resolve: customerOf } },
  });
  return new GraphQLSchema({
    query: new GraphQLObjectType({
      name: "Query",
      fields: { orders: { type: new GraphQLList(Order), args: { limit: { type: GraphQLInt } }, resolve: (_, { limit }) => orders(limit) } },
    }),
  });
}
