const { get } = require("node:http");
const { Pool } = require("pg");

/** The service with a pool of its own; asks it for so many orders. */
exports.start = async (application) => {
  const pool = new Pool({ connectionString: JSON.parse(process.env.BACKENDS).pg, max: 2 });
  const server = application(pool).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const ask = (limit) =>
    new Promise((resolve, reject) => {
      get({ host: "127.0.0.1", port: server.address().port, path: `/orders/${limit}`, agent: false }, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (piece) => (text += piece));
        answer.on("end", () => resolve(JSON.parse(text)));
      }).once("error", reject);
    });
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await pool.end();
  };
  return { ask, stop };
};
