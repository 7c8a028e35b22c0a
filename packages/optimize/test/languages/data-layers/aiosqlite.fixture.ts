import { fixtures } from "../fixture.ts";

export default fixtures({
  "reads and writes": `
import aiosqlite

async def read():
    async with aiosqlite.connect("shop.db") as db:
        async with db.execute("SELECT * FROM users") as cursor: #> db-read users list
            rows = await cursor.fetchall()
        await db.execute("DELETE FROM users WHERE id = ?", (1,)) #> db-write users
        await db.commit()
        return rows
`,
  "a connection that is waited for": `
import aiosqlite

async def read():
    db = await aiosqlite.connect("shop.db")
    return await db.execute_fetchall("SELECT id FROM orders") #> db-read orders list
`,
  "nothing without a proven receiver": `
async def read(connection, statement):
    return await connection.execute(statement)
`,
});
