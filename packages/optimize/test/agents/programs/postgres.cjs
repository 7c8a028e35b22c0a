"use strict";
/** A server that speaks enough of PostgreSQL's protocol for a driver: what a statement answers is a function of its text and parameters. */
const { createServer } = require("node:net");

/** @param {string} code @param {Buffer} body */
function message(code, body) {
  const head = Buffer.alloc(5);
  head.write(code);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const text = (value) => Buffer.from(`${value}\0`);
const int16 = (value) => Buffer.from([(value >> 8) & 255, value & 255]);
const int32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

function description(names) {
  const columns = names.map((name) => Buffer.concat([text(name), int32(0), int16(0), int32(23), int16(4), int32(-1), int16(0)]));
  return message("T", Buffer.concat([int16(names.length), ...columns]));
}

function row(values) {
  const fields = values.map((value) => {
    const bytes = Buffer.from(String(value));
    return Buffer.concat([int32(bytes.length), bytes]);
  });
  return message("D", Buffer.concat([int16(values.length), ...fields]));
}

const ready = message("Z", Buffer.from("I"));

/**
 * @param {(sql: string, params: string[]) => Record<string, unknown>[]} answer throws for a statement that fails
 * @returns {Promise<{ port: number, close: () => void }>}
 */
function startPostgres(answer) {
  const server = createServer((socket) => {
    let waiting = Buffer.alloc(0);
    let started = false;
    let sql = "";
    let params = [];
    const run = () => {
      try {
        const rows = answer(sql, params);
        const names = Object.keys(rows[0] ?? {});
        return Buffer.concat([
          ...(names.length > 0 ? [description(names)] : []),
          ...rows.map((one) => row(Object.values(one))),
          message("C", text(`SELECT ${rows.length}`)),
        ]);
      } catch (error) {
        return message("E", Buffer.concat([text(`SERROR`), text("C42000"), text(`M${error.message}`), Buffer.from([0])]));
      }
    };
    const handle = (code, body) => {
      if (code === "Q") {
        sql = body.toString("utf8", 0, body.length - 1);
        params = [];
        return Buffer.concat([run(), ready]);
      }
      if (code === "P") {
        const end = body.indexOf(0);
        sql = body.toString("utf8", end + 1, body.indexOf(0, end + 1));
        return message("1", Buffer.alloc(0));
      }
      if (code === "B") {
        params = parametersOf(body);
        return message("2", Buffer.alloc(0));
      }
      if (code === "E") return run();
      if (code === "S") return ready;
      return Buffer.alloc(0);
    };
    socket.on("data", (data) => {
      waiting = Buffer.concat([waiting, data]);
      const answers = [];
      for (;;) {
        if (!started) {
          if (waiting.length < 4 || waiting.length < waiting.readInt32BE(0)) break;
          waiting = waiting.subarray(waiting.readInt32BE(0));
          started = true;
          answers.push(message("R", int32(0)), ready);
          continue;
        }
        if (waiting.length < 5 || waiting.length < waiting.readInt32BE(1) + 1) break;
        const size = waiting.readInt32BE(1) + 1;
        answers.push(handle(String.fromCharCode(waiting[0] ?? 0), waiting.subarray(5, size)));
        waiting = waiting.subarray(size);
      }
      // Not at once, as a real one: other requests get their turn.
      if (answers.length > 0) setTimeout(() => socket.write(Buffer.concat(answers)), 1);
    });
    socket.on("error", () => socket.destroy());
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve({ port: server.address().port, close: () => server.close() }));
  });
}

function parametersOf(body) {
  let at = body.indexOf(0, body.indexOf(0) + 1) + 1;
  at += 2 + 2 * body.readInt16BE(at);
  const count = body.readInt16BE(at);
  at += 2;
  const out = [];
  for (let index = 0; index < count; index += 1) {
    const size = body.readInt32BE(at);
    at += 4;
    out.push(size < 0 ? null : body.toString("utf8", at, at + Math.max(0, size)));
    at += Math.max(0, size);
  }
  return out;
}

module.exports = { startPostgres };
