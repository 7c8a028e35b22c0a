/** boto3: each call of a client is a request that the thread waits for, up to a minute by default. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const client: MethodSpec = { returns: { type: "Client" } };
const resource: MethodSpec = { returns: { type: "Resource" } };
const read: MethodSpec = { effect: { kind: "http-read", blocking: true, timed: true, apart: true }, returns: "value" };
const write: MethodSpec = { effect: { kind: "http-write", blocking: true, timed: true, apart: true }, returns: "value" };

/** These only compute, or say what later calls will ask. */
const local: Readonly<Record<string, MethodSpec>> = names(
  "generate_presigned_url generate_presigned_post can_paginate get_waiter close get_available_subresources",
  { returns: "value" },
);
const asked = {
  ...names("get_* list_* describe_* head_* query scan select_* lookup_* batch_get_* load", read),
  ...names("download_*", read),
};

export default library({
  id: "boto3",
  language: "python",
  packages: ["boto3", "boto3.session"],
  exports: {
    client: { value: "MakeClient" },
    resource: { value: "MakeResource" },
    Session: { class: "Session" },
    session: { value: "Module" },
  },
  types: {
    MakeClient: { call: client },
    MakeResource: { call: resource },
    Module: { members: { Session: { returns: { type: "Session" } } } },
    Session: { members: { client, resource, ...names("get_credentials get_available_services", { returns: "value" }) } },
    Client: {
      members: {
        ...asked,
        ...local,
        get_paginator: { returns: { type: "Paginator" } },
        ...names("exceptions meta", "About"),
      },
      any: write,
    },
    About: {},
    Paginator: { members: { paginate: { returns: "value" } } },
    Resource: {
      members: {
        ...asked,
        ...local,
        ...names("Table Bucket Object Queue Topic Message Instance", resource),
        ...names("put put_* delete delete_* update_* upload_* send_* publish publish_* copy copy_* create create_* receive_*", write),
      },
    },
  },
});
