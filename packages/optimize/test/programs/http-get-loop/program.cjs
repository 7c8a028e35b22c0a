const http = require("node:http");

/** The oldest client there is: a stream of events, wrapped by hand. */
async function main() {
  const { backends } = await import("../support/backends.js");
  const { answering, drive } = await import("../support/drive.js");
  const { partner } = await backends("partner");
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });

  const rating = (id) =>
    new Promise((resolve, reject) => {
      // expect: n+1
      const request = http.get(`${partner}/ratings/${id}`, { agent }, (response) => {
        let body = "";
        response.on("data", (piece) => (body += piece));
        response.on("end", () => resolve(JSON.parse(body)));
      });
      request.on("error", reject);
    });

  const server = http.createServer(
    answering(async (_, query) => {
      const ratings = [];
      for (let id = 1; id <= Number(query.get("limit")); id++) ratings.push(await rating(id));
      return ratings;
    }),
  );
  await drive(server, ["/ratings?limit=7", "/ratings?limit=18"]);
  agent.destroy();
}

main();
