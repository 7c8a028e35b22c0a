import { fixtures } from "../fixture.ts";

export default fixtures({
  "reads and writes with a cursor": `
import psycopg2

connection = psycopg2.connect("dbname=shop")

def read():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM users") #> db-read users list blocking
        rows = cursor.fetchall()
        cursor.execute("INSERT INTO users (id) VALUES (%s)", (1,)) #> db-write users blocking
        connection.commit()
        return rows
`,
  "many rows at once": `
import psycopg2
from psycopg2.extras import execute_values

def write(rows):
    with psycopg2.connect("dbname=shop") as connection:
        cursor = connection.cursor()
        execute_values(cursor, "INSERT INTO users (id) VALUES %s", rows) #> db-write users bulk blocking
        cursor.executemany("INSERT INTO users (id) VALUES (%s)", rows) #> db-write users bulk blocking
`,
  "a transaction of version 3": `
import psycopg

def write():
    with psycopg.connect("dbname=shop") as connection:
        with connection.transaction():
            connection.execute("UPDATE users SET name = 'a'") #> db-write users blocking
`,
  "waits with an asynchronous connection": `
import psycopg
from psycopg_pool import AsyncConnectionPool

pool = AsyncConnectionPool("dbname=shop")

async def read():
    async with pool.connection() as connection:
        cursor = await connection.execute("SELECT * FROM users") #> db-read users list
        return await cursor.fetchall()
`,
  streams: `
import psycopg

def walk(connection: psycopg.Connection):
    with connection.cursor(name="all") as cursor:
        cursor.execute("SELECT * FROM users") #> db-read users list blocking
        for row in cursor:
            print(row)
        for row in cursor.stream("SELECT * FROM orders"): #> db-read orders list blocking
            print(row)
`,
  "nothing without a proven receiver": `
def read(cursor, statement):
    cursor.execute(statement)
    return cursor.fetchall()
`,
});
