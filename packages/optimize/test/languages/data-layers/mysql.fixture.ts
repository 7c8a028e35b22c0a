import { fixtures } from "../fixture.ts";

const pool = `const mysql = require("mysql2");\nconst pool = mysql.createPool({});\n`;

export default fixtures({
  "answers callbacks": `${pool}
exports.read = (id, done) => {
  pool.query("SELECT * FROM users WHERE id = ?", [id], (error, rows) => { //> db-read users list
    pool.query("DELETE FROM sessions WHERE user = ?", [id], done); //> db-write sessions
  });
};`,
  "takes a connection from the pool": `${pool}
exports.read = (done) => {
  pool.getConnection((error, connection) => {
    connection.query({ sql: "SELECT * FROM orders" }, done); //> db-read orders list
    connection.release();
  });
};`,
  "gives promises when asked": `${pool}
exports.read = async () => {
  const [rows] = await pool.promise().query("SELECT * FROM users"); //> db-read users list
  return rows;
};`,
  "nothing without a proven receiver": `
const pool = { query: (text, done) => done(text) };
exports.read = (done) => pool.query("SELECT * FROM users", done);`,
});
