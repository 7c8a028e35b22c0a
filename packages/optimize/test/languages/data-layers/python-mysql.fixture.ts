import { fixtures } from "../fixture.ts";

export default fixtures({
  "a connection and its cursor": `
import pymysql

connection = pymysql.connect(host="db")

def read():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM users") #> db-read users list blocking
        rows = cursor.fetchall()
        cursor.executemany("INSERT INTO visits VALUES (%s)", rows) #> db-write visits bulk blocking
    connection.commit()
    return rows
`,
  "the extension of Flask": `
from flask import Flask
from flask_mysqldb import MySQL

app = Flask(__name__)
mysql = MySQL(app)

def read():
    cursor = mysql.connection.cursor()
    cursor.execute("SELECT name FROM orders WHERE id = %s", (1,)) #> db-read orders list blocking
    return cursor.fetchone()
`,
  "a pool that is waited for": `
import aiomysql

async def read():
    pool = await aiomysql.create_pool(host="db")
    async with pool.acquire() as connection:
        async with connection.cursor() as cursor:
            await cursor.execute("SELECT * FROM users") #> db-read users list
            return await cursor.fetchall()
`,
  "nothing without a proven receiver": `
def read(cursor, statement):
    cursor.execute(statement)
    return cursor.fetchall()
`,
});
