import { createServer } from "node:http";
import { answering, drive } from "../../support/drive.js";
import { isRight } from "./passwords.js";

const server = createServer(answering(async (_, query) => ({ welcome: await isRight(query.get("name"), query.get("password")) })));
await drive(
  server,
  ["ada", "bob", "cyd", "ada", "bob", "cyd"].map((name) => `/sign-in?name=${name}&password=${name}'s`),
);
