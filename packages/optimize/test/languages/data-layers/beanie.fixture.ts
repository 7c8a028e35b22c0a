import { fixtures } from "../fixture.ts";

const models = `from beanie import Document

class Book(Document):
    title: str
    pages: int
`;

export default fixtures({
  "reads when one is awaited, or many are listed or gone through": `${models}
async def read(key):
    pending = Book.find(Book.title == "x").sort("-pages").limit(5)
    books = await pending.to_list() #> db-read book list
    async for book in Book.find_all(): #> db-read book list
        print(book.title)
    one = await Book.get(key) #> db-read book
    other = await Book.find_one(Book.title == "x") #> db-read book
    first = await Book.find(Book.pages > 1).first_or_none() #> db-read book
    number = await Book.find(Book.pages > 1).count() #> db-read book
    sums = await Book.aggregate([{"$group": {"_id": "$title"}}]).to_list() #> db-read book list
    return books, one, other, first, number, sums
`,
  "writes when it is awaited": `${models}
async def write(books):
    book = await Book(title="x", pages=1).insert() #> db-write book
    book.pages = 2
    await book.save() #> db-write book
    await book.set({"pages": 3}) #> db-write book
    await Book.insert_many(books) #> db-write book bulk
    await Book.find(Book.title == "x").update({"$set": {"pages": 4}}) #> db-write book bulk
    await Book.find_one(Book.title == "x").set({"pages": 5}) #> db-write book
    await Book.find(Book.pages > 5).delete() #> db-write book bulk
    await book.delete() #> db-write book
`,
  "nothing without a proven receiver": `
async def read(books):
    return await books.find(books.title == "x").to_list()
`,
});
