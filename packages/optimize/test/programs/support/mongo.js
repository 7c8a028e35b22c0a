import { createServer } from "node:net";
import { listen } from "./listen.js";
import { tables } from "./shop.js";

/** MongoDB's wire protocol (OP_MSG, and the OP_QUERY of the first greeting): hello, ping, find by equality or `$in`, with sort by _id and limit. */
export async function startMongo() {
  const { BSON } = await import("bson");
  const collections = Object.fromEntries(
    Object.entries(tables).map(([name, list]) => [name, list.map(({ id, ...rest }) => ({ _id: id, ...rest }))]),
  );
  const hello = { ismaster: true, isWritablePrimary: true, helloOk: true, maxBsonObjectSize: 16777216, maxMessageSizeBytes: 48000000 };
  const limits = { maxWriteBatchSize: 100000, minWireVersion: 0, maxWireVersion: 21, readOnly: false, ok: 1 };
  const commands = {
    hello: () => ({ ...hello, ...limits, localTime: new Date(0), connectionId: 1 }),
    find: ({ find, filter = {}, limit = 0, $db }) => {
      const found = (collections[find] ?? []).filter((row) => Object.entries(filter).every(([key, wanted]) => matches(row[key], wanted)));
      return {
        cursor: { firstBatch: limit > 0 ? found.slice(0, limit) : found, id: BSON.Long.fromNumber(0), ns: `${$db}.${find}` },
        ok: 1,
      };
    },
  };
  const server = createServer((socket) => {
    let waiting = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      while (waiting.length >= 16 && waiting.length >= waiting.readInt32LE(0)) {
        const message = waiting.subarray(0, waiting.readInt32LE(0));
        waiting = waiting.subarray(message.length);
        const old = message.readInt32LE(12) === 2004;
        // OP_QUERY: flags, name of the collection up to a zero, skip, limit, document. OP_MSG: flags, kind 0, document.
        const body = BSON.deserialize(message.subarray(old ? message.indexOf(0, 20) + 9 : 21));
        const [name] = Object.keys(body);
        const command = commands[/^(?:ismaster|hello)$/i.test(name) ? "hello" : name];
        socket.write(reply(BSON.serialize(command?.(body) ?? { ok: 1 }), message.readInt32LE(4), old));
      }
    });
  });
  return `mongodb://127.0.0.1:${await listen(server)}/shop?directConnection=true`;
}

const matches = (value, wanted) => (Array.isArray(wanted?.$in) ? wanted.$in.includes(value) : value === wanted);

function reply(document, to, old) {
  const head = Buffer.alloc(old ? 36 : 21);
  head.writeInt32LE(head.length + document.length, 0);
  head.writeInt32LE(to, 8);
  head.writeInt32LE(old ? 1 : 2013, 12);
  if (old) head.writeInt32LE(1, 32);
  return Buffer.concat([head, document]);
}
