import { fixtures } from "../fixture.ts";

export default fixtures({
  "texts and statements": `
import databases
import sqlalchemy

database = databases.Database("sqlite:///shop.db")
users = sqlalchemy.Table("users", sqlalchemy.MetaData())

async def read():
    await database.fetch_one(query="SELECT * FROM orders WHERE id = :id", values={"id": 1}) #> db-read orders
    await database.execute(users.insert().values(name="a")) #> db-write users
    return await database.fetch_all(users.select()) #> db-read users list
`,
  "nothing without a proven receiver": `
async def read(database, query):
    return await database.fetch_all(query)
`,
});
