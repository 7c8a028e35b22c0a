import { fixtures } from "../fixture.ts";

export default fixtures({
  "reads and writes": `
import sqlite3

connection = sqlite3.connect("shop.db")

def read():
    rows = connection.execute("SELECT * FROM users").fetchall() #> db-read users list blocking
    connection.execute("DELETE FROM users") #> db-write users blocking
    return rows
`,
  "many rows in one transaction": `
import sqlite3

def write(rows):
    with sqlite3.connect("shop.db") as connection:
        connection.executemany("INSERT INTO users VALUES (?)", rows) #> db-write users bulk blocking
        connection.commit()
`,
  streams: `
import sqlite3

def walk():
    for row in sqlite3.connect("shop.db").cursor().execute("SELECT * FROM users"): #> db-read users list blocking
        print(row)
`,
  "nothing without a proven receiver": `
def read(connection, statement):
    return connection.execute(statement).fetchall()
`,
});
