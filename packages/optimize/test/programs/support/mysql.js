import { listen } from "./listen.js";
import { tables } from "./shop.js";

/** MySQL's protocol through the server half of `mysql2`; it reads `select ... from <table> [where <column> = | in ...] [limit n]`. */
export async function startMysql() {
  const { createServer } = (await import("mysql2")).default;
  const server = createServer();
  let connections = 0;
  server.on("connection", (connection) => {
    connection.on("error", () => {});
    // An answer is several small packets: none waits for the other side's acknowledgement.
    connection.stream.setNoDelay(true);
    const finish = (answer) => {
      answer();
      // Packets of the next command are counted from zero again.
      connection.sequenceId = 0;
    };
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: "8.0.30",
      connectionId: ++connections,
      statusFlags: 2,
      characterSet: 8,
      capabilityFlags: 0xffffff & ~0x800,
      authCallback: (_, done) => finish(() => done(null)),
    });
    connection.on("query", (sql) => {
      const rows = answer(sql);
      finish(() => (rows === undefined ? connection.writeOk() : connection.writeTextResult(rows, columnsOf(rows))));
    });
    connection.on("ping", () => finish(() => connection.writeOk()));
  });
  return `mysql://root@127.0.0.1:${await listen(server._server)}/shop`;
}

function answer(sql) {
  const read = /^select .* from `?(\w+)`?(?: where `?(\w+)`? (?:= (\S+)|in \(([^)]*)\)))?(?: order by \w+)?(?: limit (\d+))?$/i.exec(
    sql.trim(),
  );
  if (read === null) return undefined;
  const [, table, column, one, list, limit] = read;
  const wanted = one === undefined ? list?.split(",") : [one];
  const rows = wanted === undefined ? tables[table] : tables[table].filter((row) => wanted.map(Number).includes(row[column]));
  return limit === undefined ? rows : rows.slice(0, Number(limit));
}

/** Numbers are LONG (3), texts VAR_STRING (253). */
const columnsOf = ([row = {}]) =>
  Object.entries(row).map(([name, value]) => ({
    catalog: "def",
    schema: "shop",
    table: "t",
    orgTable: "t",
    name,
    orgName: name,
    characterSet: 33,
    columnLength: 255,
    columnType: typeof value === "number" ? 3 : 253,
    flags: 0,
    decimals: 0,
  }));
