import { fixtures } from "../fixture.ts";

const models = `from django.db import models

class Author(models.Model):
    name = models.CharField(max_length=10)

class Book(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
`;

export default fixtures({
  "reads when a query is iterated or asked for one row": `${models}
def read():
    pending = Book.objects.filter(title="x").order_by("title") #> db-read book list blocking
    for book in pending:
        print(book.title)
    titles = [title for title in Book.objects.values_list("title", flat=True)] #> db-read book list blocking
    one = Book.objects.get(pk=1) #> db-read book blocking
    author = one.author #> db-read author blocking
    some = author.book_set.all() #> db-read book list blocking
    nothing = [book for book in Book.objects.none()]
    return titles, list(some), Book.objects.count(), nothing #> db-read book blocking
`,
  "writes at once": `${models}
def write(names):
    author = Author.objects.create(name="x") #> db-write author blocking
    Author.objects.bulk_create([Author(name=name) for name in names]) #> db-write author bulk blocking
    Book.objects.filter(author=author).update(title="y") #> db-write book bulk blocking
    author.save() #> db-write author blocking
    author.delete() #> db-write author blocking
`,
  "nothing without a proven receiver": `
class Shelf:
    def filter(self, title):
        return [title]

def read(shelf, author):
    for book in Shelf().filter(title="x"):
        print(book.author)
    author.update(name="y")
    return shelf.all()
`,
});
