/** Clients of services that others run (payments, messages, language models, storage): each call is a request, and the client has a time limit of its own. */
import type { ExportSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const read: MethodSpec = { effect: { kind: "http-read", timed: true, apart: true }, returns: "value", promise: true };
const write: MethodSpec = { effect: { kind: "http-write", timed: true, apart: true }, returns: "value", promise: true };

const asked = names("retrieve retrieve* list list* search", read);
const told = names(
  "create create* update update* del cancel cancel* confirm capture pay finalizeInvoice voidInvoice send sendMultiple",
  write,
);

const amazon = [
  "S3",
  "SQS",
  "SNS",
  "SES",
  "SESv2",
  "Lambda",
  "SecretsManager",
  "SSM",
  "SFN",
  "KMS",
  "EventBridge",
  "CloudWatch",
  "Textract",
  "Rekognition",
];
const amazonPackages =
  "s3 sqs sns ses sesv2 lambda secrets-manager ssm sfn kms eventbridge cloudwatch textract rekognition bedrock-runtime cloudfront cognito-identity-provider";

/** Commands that only ask. */
const asking = names(
  "GetObjectCommand HeadObjectCommand ListObjectsCommand ListObjectsV2Command GetObjectAttributesCommand GetSecretValueCommand " +
    "GetParameterCommand GetParametersCommand GetParametersByPathCommand GetQueueAttributesCommand DescribeExecutionCommand GetFunctionCommand",
  { class: "Question" },
);

const clients: Readonly<Record<string, ExportSpec>> = Object.fromEntries(
  [...amazon, "BedrockRuntime", "CloudFront", "CognitoIdentityProvider"].map((name) => [`${name}Client`, { class: "Commands" }]),
);

export default library({
  id: "services",
  packages: [
    "stripe",
    "openai",
    "@anthropic-ai/sdk",
    "twilio",
    "resend",
    "@sendgrid/mail",
    ...amazonPackages.split(" ").map((name) => `@aws-sdk/client-${name}`),
  ],
  exports: {
    default: { value: "Maker" },
    ...names("Stripe OpenAI AzureOpenAI Anthropic Twilio Resend", { value: "Maker" }),
    ...clients,
    ...asking,
  },
  types: {
    /** `new Stripe(key)`, `twilio(sid, token)`, and the client that `@sendgrid/mail` is by itself. */
    Maker: {
      construct: { returns: { type: "Api" } },
      call: { returns: { type: "Api" } },
      members: { ...names("send sendMultiple", write) },
    },
    Api: { members: { ...asked, ...told }, any: "Api" },
    /** Any other command may change something. */
    Question: { fixed: { verb: "get" } },
    Commands: {
      members: {
        send: { ...write, effect: { kind: "http-write", timed: true, apart: true, method: { arg: 0, property: "verb" } } },
        ...names("destroy", { returns: "void" }),
      },
    },
  },
});
