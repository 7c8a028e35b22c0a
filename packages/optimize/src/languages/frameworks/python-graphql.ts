/** GraphQL servers of Python: fields that methods of classes or decorated functions resolve. */
import type { EntrySpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names, named } from "../shapes/places.ts";
import { decorated } from "./parts/decorated.ts";

const resolver = { on: "method", entry: { kind: "resolver" }, perItem: true } as const;
const resolves: EntrySpec = { kind: "resolver", eachParent: true };
const field = (method?: string) => ({
  field: decorated({ kind: "graphql-field", path: named("name", 0), ...(method === undefined ? {} : { method }) }),
  set_field: {
    registers: { kind: "graphql-field" as const, path: named("name", 0), handlers: named("resolver", 1) },
    returns: "value" as const,
  },
});

export default library({
  id: "python-graphql",
  language: "python",
  packages: ["strawberry", "strawberry_django", "graphene", "graphene_django", "graphene.relay", "graphene_sqlalchemy", "ariadne"],
  exports: {
    ...names("ObjectType DjangoObjectType SQLAlchemyObjectType Interface", { class: "ObjectType" }),
    ...names("Mutation ClientIDMutation", { class: "Mutation" }),
    QueryType: { class: "QueryType" },
    MutationType: { class: "MutationType" },
    SubscriptionType: { class: "SubscriptionType" },
  },
  decorators: {
    field: resolver,
    mutation: resolver,
    subscription: resolver,
    ...names("type interface", { on: "class" as const }),
  },
  types: {
    ObjectType: { construct: { table: named("name", 0) }, entries: { "resolve_*": resolves }, members: field() },
    Mutation: { entries: { mutate: { kind: "resolver" }, mutate_and_get_payload: { kind: "resolver" } } },
    QueryType: { members: field("Query") },
    MutationType: { members: field("Mutation") },
    SubscriptionType: { members: field("Subscription") },
  },
});
