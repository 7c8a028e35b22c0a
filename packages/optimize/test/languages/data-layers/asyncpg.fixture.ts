import { fixtures } from "../fixture.ts";

export default fixtures({
  "reads and writes by what the SQL says": `
import asyncpg

async def read():
    connection = await asyncpg.connect("postgresql://localhost")
    rows = await connection.fetch("SELECT * FROM users") #> db-read users list
    one = await connection.fetchrow("SELECT * FROM users WHERE id = $1", 1) #> db-read users
    name = await connection.fetchval("SELECT name FROM users WHERE id = $1", 1) #> db-read users
    await connection.execute("UPDATE users SET name = 'a' WHERE id = $1", 1) #> db-write users
    return rows, one, name
`,
  "many rows at once": `
import asyncpg

async def write(connection: asyncpg.Connection, rows):
    await connection.executemany("INSERT INTO users VALUES ($1)", rows) #> db-write users bulk
    await connection.copy_records_to_table("users", records=rows) #> db-write users bulk
`,
  "inside a transaction of a pool": `
import asyncpg

async def write(pool: asyncpg.Pool):
    async with pool.acquire() as connection:
        async with connection.transaction():
            await connection.execute("DELETE FROM users") #> db-write users
`,
  streams: `
import asyncpg

async def walk():
    async with asyncpg.create_pool("postgresql://localhost") as pool:
        async with pool.acquire() as connection:
            async with connection.transaction():
                async for row in connection.cursor("SELECT * FROM users"): #> db-read users list
                    print(row)
`,
  "prepares once": `
import asyncpg

async def read(connection: asyncpg.Connection, ids):
    statement = await connection.prepare("SELECT * FROM users WHERE id = $1")
    return [await statement.fetchrow(one) for one in ids] #> db-read users
`,
  "nothing without a proven receiver": `
async def read(connection, statement):
    return await connection.fetch(statement)
`,
});
