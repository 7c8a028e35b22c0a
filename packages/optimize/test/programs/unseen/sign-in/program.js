import { createServer } from "node:http";
import { answering, drive } from "../../support/drive.js";
import { isRight } from "./passwords.js";

const server = createServer(answering((_, query) => ({ welcome: isRight(query.get("name"), query.get("password")) })));
await drive(
  server,
  ["ada", "bob", "cyd", "ada", "bob", "cyd"].map((name) => `/sign-in?name=${name}&password=${name}'s`),
);
