import { fixtures } from "../fixture.ts";

const db = `from pymongo import MongoClient

client = MongoClient()
db = client.shop\n`;

export default fixtures({
  "reads when a cursor is read": `${db}
def read(ids):
    pending = db.users.find({"a": 1}).limit(5)
    one = db.users.find_one({"_id": 1}) #> db-read users blocking
    number = db.users.count_documents({}) #> db-read users blocking
    names = db["users"].distinct("name") #> db-read users list blocking
    rows = list(db.users.aggregate([])) #> db-read users list blocking
    list(db.users.aggregate([{"$match": {}}, {"$merge": {"into": "teams"}}])) #> db-write teams list blocking
    return pending, one, number, names, rows
`,
  "writes one and many": `${db}
def write(rows):
    db.users.insert_one({"a": 1}) #> db-write users blocking
    db.users.insert_many(rows) #> db-write users bulk blocking
    db.get_collection("users").update_many({}, {"$set": {"a": 1}}) #> db-write users bulk blocking
    db.users.delete_one({"_id": 1}) #> db-write users blocking
`,
  streams: `${db}
def walk():
    for row in db.users.find(): #> db-read users list blocking
        print(row)
`,
  "in a transaction": `${db}
def write():
    with client.start_session() as session:
        with session.start_transaction():
            db.users.insert_one({"a": 1}, session=session) #> db-write users blocking
`,
  "nothing without a proven receiver": `
def read(db):
    return db.users.find_one({})
`,
});
