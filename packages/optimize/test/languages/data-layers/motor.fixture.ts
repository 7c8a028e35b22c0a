import { fixtures } from "../fixture.ts";

const db = `from motor.motor_asyncio import AsyncIOMotorClient

client = AsyncIOMotorClient()
db = client["shop"]\n`;

export default fixtures({
  "reads when a cursor is read": `${db}
async def read(ids):
    pending = db.users.find({"a": 1}).limit(5)
    one = await db.users.find_one({"_id": 1}) #> db-read users
    number = await db.users.count_documents({}) #> db-read users
    names = await db["users"].distinct("name") #> db-read users list
    rows = await db.users.find({"_id": {"$in": ids}}).to_list(100) #> db-read users list
    return pending, one, number, names, rows
`,
  "writes one and many": `${db}
async def write(rows):
    await db.users.insert_one({"a": 1}) #> db-write users
    await db.users.insert_many(rows) #> db-write users bulk
    await db.get_collection("users").update_many({}, {"$set": {"a": 1}}) #> db-write users bulk
    await db.users.delete_one({"_id": 1}) #> db-write users
`,
  streams: `${db}
async def walk():
    async for row in db.users.find(): #> db-read users list
        print(row)
`,
  "in a transaction": `${db}
async def write():
    async with await client.start_session() as session:
        async with session.start_transaction():
            await db.users.insert_one({"a": 1}, session=session) #> db-write users
`,
  "nothing without a proven receiver": `
async def read(db):
    return await db.users.find_one({})
`,
});
