import { library } from "../../model/library.ts";
import type { ExportSpec } from "../../model/library.ts";

const on = (kind: "route" | "job" | "schedule" | "event", method?: string): ExportSpec => ({
  type: "Handler",
  entry: method === undefined ? { kind } : { kind, method },
});

/** Functions that are annotated with a handler type are called by the platform; configuration files are not read. */
export default library({
  id: "aws-lambda",
  packages: ["aws-lambda", "@types/aws-lambda"],
  exports: {
    APIGatewayProxyHandler: on("route", "ALL"),
    APIGatewayProxyHandlerV2: on("route", "ALL"),
    ALBHandler: on("route", "ALL"),
    Handler: on("event"),
    SQSHandler: on("job"),
    SNSHandler: on("event"),
    S3Handler: on("event"),
    DynamoDBStreamHandler: on("event"),
    KinesisStreamHandler: on("event"),
    EventBridgeHandler: on("event"),
    ScheduledHandler: on("schedule"),
  },
  types: { Handler: {} },
});
