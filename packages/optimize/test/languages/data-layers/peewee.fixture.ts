import { fixtures } from "../fixture.ts";

const models = `from peewee import CharField, ForeignKeyField, Model, SqliteDatabase, fn, prefetch

db = SqliteDatabase("shop.db")

class Base(Model):
    class Meta:
        database = db

class Author(Base):
    name = CharField()

class Book(Base):
    title = CharField()
    author = ForeignKeyField(Author, backref="books")
`;

export default fixtures({
  "reads when a query is gone through or asked for one row": `${models}
def read():
    pending = Book.select().where(Book.title == "x").order_by(Book.title.desc()).limit(5) #> db-read book list blocking
    for book in pending:
        print(book.title)
    one = Book.get(Book.title == "x") #> db-read book blocking
    other = Book.get_or_none(Book.id == 1) #> db-read book blocking
    first = Book.select().where(Book.id > 1).first() #> db-read book blocking
    number = Book.select(fn.COUNT(Book.id)).where(Book.id > 1).scalar() #> db-read book blocking
    many = Book.select().count() #> db-read book blocking
    titles = [row["title"] for row in Book.select(Book.title).dicts()] #> db-read book list blocking
    return one, other, first, number, many, titles
`,
  "relations are read when they are touched": `${models}
def read():
    book = Book.get_by_id(1) #> db-read book blocking
    print(book.author_id)
    author = book.author #> db-read author blocking
    others = author.books.where(Book.title == "x") #> db-read book list blocking
    for other in others:
        print(other.title)
`,
  "relations that are joined or fetched with the rows are there": `${models}
def read():
    for book in Book.select(Book, Author).join(Author): #> db-read book list blocking
        print(book.author.name)
    for author in prefetch(Author.select(), Book.select()): #> db-read author list blocking
        print([book.title for book in author.books])
`,
  "writes when a statement is executed or a row is saved": `${models}
def write(rows):
    author = Author.create(name="x") #> db-write author blocking
    author.name = "y"
    author.save() #> db-write author blocking
    author.delete_instance() #> db-write author blocking
    waiting = Book.update(title="z").where(Book.author == author)
    waiting.execute() #> db-write book bulk blocking
    Book.insert_many(rows).execute() #> db-write book bulk blocking
    Book.insert(title="a").execute() #> db-write book blocking
    Book.delete().where(Book.title == "a").execute() #> db-write book bulk blocking
`,
  "SQL of the program's own": `${models}
def read():
    with db.atomic():
        return db.execute_sql("SELECT title FROM book") #> db-read book list blocking
`,
  "nothing without a proven receiver": `
class Shelf:
    def select(self):
        return self

    def where(self, test):
        return [test]

def read(book):
    for one in Shelf().select().where(True):
        print(one)
    return book.author.name
`,
});
