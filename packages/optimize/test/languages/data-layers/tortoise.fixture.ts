import { fixtures } from "../fixture.ts";

const models = `from tortoise import fields
from tortoise.models import Model
from tortoise.transactions import in_transaction

class Author(Model):
    name = fields.CharField(max_length=10)

class Book(Model):
    title = fields.CharField(max_length=10)
    author = fields.ForeignKeyField("models.Author", related_name="books")
`;

export default fixtures({
  "reads when a query is awaited or gone through": `${models}
async def read(key):
    pending = Book.filter(title="x").order_by("-title").limit(5) #> db-read book list
    books = await pending
    async for book in Book.all(): #> db-read book list
        print(book.title)
    one = await Book.get(id=key) #> db-read book
    other = await Book.get_or_none(id=key) #> db-read book
    first = await Book.filter(title="x").first() #> db-read book
    number = await Book.filter(title="x").count() #> db-read book
    some = await Book.exists(title="x") #> db-read book
    titles = await Book.all().values_list("title", flat=True) #> db-read book list
    return books, one, other, first, number, some, titles
`,
  "relations are read when they are awaited": `${models}
async def read(key):
    book = await Book.get(id=key) #> db-read book
    print(book.author_id)
    author = await book.author #> db-read author
    for other in await author.books: #> db-read book list
        print(other.title)
    async for other in author.books.filter(title="x"): #> db-read book list
        print(other.title)
`,
  "relations that were fetched with the rows are there": `${models}
async def read():
    for book in await Book.all().select_related("author"): #> db-read book list
        print(book.author.name)
    author = await Author.first() #> db-read author
    await author.fetch_related("books") #> db-read author list
    return [book.title for book in author.books]
`,
  "writes when it is awaited": `${models}
async def write(rows):
    author = await Author.create(name="x") #> db-write author
    author.name = "y"
    await author.save() #> db-write author
    await Book.filter(author=author).update(title="z") #> db-write book bulk
    await Book.filter(title="z").delete() #> db-write book bulk
    await Book.bulk_create([Book(title=row) for row in rows]) #> db-write book bulk
    await author.delete() #> db-write author
`,
  "nothing without a proven receiver": `
async def read(books):
    await books.filter(title="x")
    return [await book.author for book in books]
`,
});
