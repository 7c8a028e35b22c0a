/** Clients of services that others run, in Python: the thread waits for each call, unless the client is the asynchronous one. */
import type { MethodSpec, TypeSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

function api(type: string, blocking: boolean): TypeSpec {
  const how = blocking ? { blocking: true } : {};
  const waits = blocking ? {} : { promise: true as const };
  const read: MethodSpec = { effect: { kind: "http-read", timed: true, apart: true, ...how }, returns: "value", ...waits };
  const write: MethodSpec = { effect: { kind: "http-write", timed: true, apart: true, ...how }, returns: "value", ...waits };
  return {
    members: {
      ...names("retrieve retrieve_* list list_* search", read),
      ...names("create create_* modify update update_* delete delete_* cancel cancel_* confirm capture chat_*", write),
    },
    any: type,
  };
}

const payments =
  "Customer PaymentIntent Charge Subscription Invoice Price Product Refund SetupIntent PaymentMethod Account Transfer Payout Coupon " +
  "InvoiceItem SubscriptionItem checkout billing_portal";

export default library({
  id: "python-services",
  language: "python",
  packages: ["stripe", "openai", "anthropic", "twilio.rest", "slack_sdk", "slack_sdk.web", "slack_sdk.web.async_client"],
  exports: {
    ...names(payments, { value: "Api" }),
    ...names("OpenAI AzureOpenAI Anthropic Client WebClient StripeClient", { value: "Maker" }),
    ...names("AsyncOpenAI AsyncAzureOpenAI AsyncAnthropic AsyncWebClient", { value: "AsyncMaker" }),
  },
  types: {
    Maker: { call: { returns: { type: "Api" } } },
    AsyncMaker: { call: { returns: { type: "AsyncApi" } } },
    Api: api("Api", true),
    AsyncApi: api("AsyncApi", false),
  },
});
