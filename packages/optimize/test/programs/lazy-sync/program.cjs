const { createServer } = require("node:http");
const { readFileSync } = require("node:fs");

let template;

/** Read by whoever comes first, and never again. */
function templateText() {
  // clean: once in the life of the process
  template ??= readFileSync(__filename, "utf8");
  return template;
}

async function main() {
  const { answering, drive } = await import("../support/drive.js");
  const server = createServer(
    answering((_, query) => {
      // clean: a module that is loaded by the first request that needs it, by Node itself
      const { render } = require("./view.cjs");
      return render(templateText(), Number(query.get("times")));
    }),
  );
  await drive(server, ["/page?times=3", "/page?times=9", "/page?times=5", "/page?times=12"]);
}

main();
