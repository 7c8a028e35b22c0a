import { expect, test } from "vitest";
import { reads } from "./django-rows.ts";

const cases: Readonly<Record<string, readonly [code: string, ...reads: string[]]>> = {
  "a key is read for each row": ["def f():\n    for book in Book.objects.filter(title='x'):\n        print(book.author.name)\n", "author"],
  "its column is no read": ["def f():\n    for book in Book.objects.filter(title='x'):\n        print(book.author_id)\n"],
  "what select_related brings is there": [
    "def f():\n    for book in Book.objects.select_related('author'):\n        print(book.author.name)\n",
  ],
  "what lies behind it is not": [
    "def f():\n    for book in Book.objects.select_related('author'):\n        print(book.author.profile.bio)\n",
    "author.profile",
  ],
  "paths bring all on their way": [
    "def f():\n    for book in Book.objects.select_related('author__profile'):\n        print(book.author.profile.bio)\n",
  ],
  "without names it brings every key": [
    "def f():\n    for book in Book.objects.all().select_related():\n        print(book.author.name)\n",
  ],
  "a method of the model reads through its row": ["def f():\n    return [a.label() for a in Author.objects.all()]\n", "profile"],
  "and so does a property": ["def f():\n    return [a.text for a in Author.objects.all()]\n", "profile"],
  "the method knows what came with the row": [
    "def f():\n    return [b.author.label() for b in Book.objects.select_related('author__profile')]\n",
  ],
  "rows of a relation to many": [
    "def f():\n    for a in Author.objects.all():\n        for b in a.books.all():\n            print(b.title)\n",
    "books",
  ],
  "know the row that they belong to": [
    "def f():\n    for a in Author.objects.prefetch_related('books'):\n        for b in a.books.all():\n            print(b.author.name)\n",
  ],
  "a further filter defeats the prefetch": [
    "def f():\n    for a in Author.objects.prefetch_related('books'):\n        for b in a.books.filter(title='x'):\n            print(b.title)\n",
    "books",
  ],
  "the default name of the other side": [
    "def f():\n    for b in Book.objects.all():\n        print([c.place for c in b.copy_set.all()])\n",
    "copy_set",
  ],
  "many to many": ["def f():\n    for b in Book.objects.all():\n        print([t.name for t in b.tags.all()])\n", "tags"],
  "a prefetched relation is counted in memory": [
    "def f():\n    for b in Book.objects.prefetch_related('tags'):\n        print(b.tags.count())\n",
  ],
  "eager on one branch counts": [
    "def f(c):\n    qs = Book.objects.all()\n    if c:\n        qs = qs.select_related('author')\n    for b in qs:\n        print(b.author.name)\n",
  ],
  "a query that a function gives": [
    "def books():\n    return Book.objects.filter(title='x')\n\ndef f():\n    for b in books():\n        print(b.author.name)\n",
    "author",
  ],
  "a second read of the same relation of the same row": [
    "def f():\n    for b in Book.objects.all():\n        print(b.author.name, b.author.profile.bio)\n",
    "author",
    "author.profile",
  ],
  "a query of something unknown, known by its fields": [
    "def f(shelf, ids):\n    for id in ids:\n        print(shelf.copies.get(book=id))\n",
    "get -",
  ],
  "a dictionary is asked by place": ["def f(shelf, ids):\n    for id in ids:\n        print(shelf.get(id))\n"],
  "and so is what takes names that are no fields": ["def f(client, urls):\n    for url in urls:\n        print(client.get(address=url))\n"],
  "the first row of a query": [
    "def f(ids):\n    for id in ids:\n        books = Book.objects.filter(pk=id)\n        print(books[0].title)\n",
    "filter Book",
  ],
  "a query that was put together before the loop runs once": [
    "def f(ids):\n    books = Book.objects.filter(title='x')\n    for id in ids:\n        print([b.title for b in books if b.pk == id])\n",
  ],
  "a relation of a row that was there before the loop is read once": [
    "def f(names):\n    book = Book.objects.get(pk=1)\n    for name in names:\n        print(book.author.name == name)\n",
  ],
  "a query without rows gives none": ["def f(c):\n    books = Book.objects.none()\n    for b in books:\n        print(b.author.name)\n"],
  "united with another it gives that one's": [
    "def f():\n    books = Book.objects.none()\n    for b in books | Book.objects.filter(title='x'):\n        print(b.author.name)\n",
    "author",
  ],
  "a row that was made here has nothing to read": [
    "def f(names, author):\n    for name in names:\n        book = Book(title=name, author=author)\n        print(book.author.name)\n",
  ],
  "what was put there is not read": [
    "def f(author):\n    for b in Book.objects.all():\n        b.author = author\n        print(b.author.name)\n",
  ],
  "a relation by a constant name": [
    "def f():\n    for b in Book.objects.all():\n        print(getattr(b, 'author').name, hasattr(b, 'tags'))\n",
    "author",
  ],
  "dictionaries have no relations": ["def f():\n    for b in Book.objects.values('title'):\n        print(b['title'], b.author)\n"],
  "a prefetch with a query of its own": [
    "def f():\n    qs = Book.objects.select_related('author')\n    for c in Copy.objects.prefetch_related(Prefetch('book', queryset=qs)):\n        print(c.book.author.name)\n",
  ],
  "a prefetch under another name": [
    "def f():\n    for a in Author.objects.prefetch_related(Prefetch('books', to_attr='mine')):\n        print([b.title for b in a.books.all()])\n",
    "books",
  ],
  "the text of a row": ["def f():\n    return [f'{shelf}' for shelf in Shelf.objects.all()]\n", "keeper"],
  "methods of managers and queries that the project adds": [
    "def f():\n    for s in Shelf.objects.kept().open():\n        print(s.keeper.name)\n",
  ],
  "one row by a shortcut": [
    "from django.shortcuts import get_object_or_404\n\ndef f(ids):\n    for id in ids:\n        print(get_object_or_404(Book, pk=id).author.name)\n",
    "author",
    "get Book",
  ],
  "rows by key": ["def f(ids):\n    books = Book.objects.in_bulk(ids)\n    return [books[id].author.name for id in ids]\n", "author"],
};

const more = `
class ShelfQuery(models.QuerySet):
    def open(self):
        return self.filter(place='x')

class ShelfManager(models.Manager):
    def kept(self):
        return self.get_queryset().select_related('keeper')

class Shelf(models.Model):
    keeper = models.ForeignKey(Author, on_delete=models.CASCADE)
    objects = ShelfManager.from_queryset(ShelfQuery)()

    def __str__(self):
        return self.keeper.name
`;

test.each(Object.entries(cases))("%s", async (_name, [code, ...expected]) => {
  expect(await reads(code, more)).toEqual(expected);
});
