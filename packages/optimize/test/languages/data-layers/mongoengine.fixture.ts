import { fixtures } from "../fixture.ts";

const models = `from mongoengine import Document, EmbeddedDocument, ReferenceField, StringField

class Author(Document):
    name = StringField()

class Note(EmbeddedDocument):
    text = StringField()

class Book(Document):
    title = StringField()
    author = ReferenceField(Author)
`;

export default fixtures({
  "reads when a query is gone through or asked for one document": `${models}
def read(key):
    pending = Book.objects(title="x").order_by("title").limit(5) #> db-read book list blocking
    for book in pending:
        print(book.title)
    titles = [book.title for book in Book.objects.filter(title="x").only("title")] #> db-read book list blocking
    one = Book.objects.get(id=key) #> db-read book blocking
    first = Book.objects(title="x").first() #> db-read book blocking
    number = Book.objects(title="x").count() #> db-read book blocking
    some = Book.objects.in_bulk([key]) #> db-read book list bulk blocking
    sums = list(Book.objects.aggregate([{"$group": {"_id": "$title"}}])) #> db-read book list blocking
    return titles, one, first, number, some, sums
`,
  "a reference is read when it is touched": `${models}
def read(key):
    book = Book.objects.get(id=key) #> db-read book blocking
    return book.author.name #> db-read author blocking
`,
  "references that were read with the documents are there": `${models}
def read():
    return [book.author.name for book in Book.objects.select_related()] #> db-read book list blocking
`,
  "writes at once": `${models}
def write(rows):
    author = Author(name="x").save() #> db-write author blocking
    author.update(name="y") #> db-write author blocking
    Book.objects(author=author).update(title="z") #> db-write book bulk blocking
    Book.objects(title="z").delete() #> db-write book bulk blocking
    Book.objects.insert([Book(title=row) for row in rows]) #> db-write book bulk blocking
    author.delete() #> db-write author blocking
`,
  "nothing for what is kept inside of a document": `${models}
def read(title):
    note = Note(text=title)
    note.validate()
    return note.text
`,
  "nothing without a proven receiver": `
def read(shelf, book):
    for one in shelf.objects(title="x"):
        print(one.author)
    book.save()
`,
});
