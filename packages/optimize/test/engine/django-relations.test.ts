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
};

test.each(Object.entries(cases))("%s", async (_name, [code, ...expected]) => {
  expect(await reads(code)).toEqual(expected);
});
