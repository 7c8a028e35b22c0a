const { createServer } = require("node:http");

/** A pattern that tries every way of cutting the text before it gives up. */
const words = /^(?:[a-z]+ ?)+$/;

const isTitle = (text) => {
  // expect: event-loop-stall
  return words.test(text);
};

async function main() {
  const { answering, drive } = await import("../support/drive.js");
  const server = createServer(answering((_, query) => isTitle(`${"a".repeat(Number(query.get("length")))}!`)));
  await drive(server, ["/check?length=24", "/check?length=26"]);
}

main();
