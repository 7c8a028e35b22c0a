import { fixtures } from "../fixture.ts";

export default fixtures({
  "ODBC and DuckDB": `
import duckdb
import pyodbc

def read(key):
    cursor = pyodbc.connect("DSN=shop").cursor()
    row = cursor.execute("SELECT * FROM users WHERE id = ?", key).fetchone() #> db-read users list blocking
    return row, duckdb.connect().execute("SELECT * FROM orders").fetchall() #> db-read orders list blocking
`,
  "what is written": `
import pyodbc

def forget(key):
    connection = pyodbc.connect("DSN=shop")
    connection.execute("DELETE FROM users WHERE id = ?", key) #> db-write users blocking
    connection.commit()
`,
  "nothing without a proven receiver": `
def read(connection, statement):
    return connection.execute(statement).fetchall()
`,
});
