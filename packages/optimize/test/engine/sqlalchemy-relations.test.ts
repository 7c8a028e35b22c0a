/** What touching a relation of an SQLAlchemy row reads, and what loading it beforehand spares. */
import { expect, test } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";

const models = `from typing import List, Optional
from sqlalchemy import Column, ForeignKey, Integer, String, Table, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, backref, contains_eager, declared_attr, joinedload, mapped_column, relationship, selectinload, sessionmaker

class Base(DeclarativeBase):
    pass

class Owned:
    @declared_attr
    def owner_id(cls):
        return Column(Integer, ForeignKey("users.id"))

    @declared_attr
    def owner(cls):
        return relationship("User")

tags_of_books = Table("tags_of_books", Base.metadata, Column("book_id", ForeignKey("book.id")), Column("tag_id", ForeignKey("tag.id")))

class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)

class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    books: Mapped[List["Book"]] = relationship(back_populates="author")
    profile: Mapped[Optional["Profile"]] = relationship(back_populates="author")

    @property
    def titles(self):
        return [book.title for book in self.books]

class Profile(Base):
    __tablename__ = "profile"
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"), primary_key=True)
    author: Mapped["Author"] = relationship(back_populates="profile")

class Book(Base, Owned):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
    author: Mapped["Author"] = relationship(back_populates="books")
    tags = relationship("Tag", secondary=tags_of_books, backref="books")
    chapters = relationship("Chapter", backref=backref("book", lazy="joined"), order_by="Chapter.id")
    reviews = relationship("Review", lazy="selectin")
    notes = relationship("Note", lazy="dynamic")

class Tag(Base):
    __tablename__ = "tag"
    id = Column(Integer, primary_key=True)

class Chapter(Base):
    __tablename__ = "chapter"
    id = Column(Integer, primary_key=True)
    book_id = Column(Integer, ForeignKey("book.id"))

class Review(Base):
    __tablename__ = "review"
    book_id = Column(Integer, ForeignKey("book.id"), primary_key=True)

class Note(Base):
    __tablename__ = "note"
    book_id = Column(Integer, ForeignKey("book.id"), primary_key=True)
`;

/** The lazy reads of a function's lines, as "path table". */
async function lazy(code: string): Promise<string[]> {
  const { project } = await analyzeSources([{ file: "app.py", text: `${models}\n${code}` }]);
  return project.looped
    .filter(({ operation }) => operation.spec.lazy !== undefined)
    .map(({ operation }) => `${operation.relationPath ?? ""} ${operation.table ?? ""}${operation.spec.list === true ? " list" : ""}`)
    .sort();
}

const loop = (query: string, body: string): string => `def walk(session: Session):\n    for one in ${query}:\n        ${body}\n`;

test.each([
  ["one of a foreign key", "session.query(Book).all()", "print(one.author.name)", ["author Author"]],
  ["many of a list", "session.query(Author)", "print(len(one.books))", ["books Book list"]],
  ["one without a key of its own", "session.scalars(select(Author))", "print(one.profile)", ["profile Profile"]],
  ["what a mixin declares", "session.query(Book).all()", "print(one.owner)", ["owner User"]],
  ["what only the other side declares", "session.query(Tag).all()", "print(one.books)", ["books Book list"]],
  ["through a property", "session.scalars(select(Author)).all()", "print(one.titles)", ["books Book list"]],
  ["one after the other", "session.query(Book).all()", "print(one.author.profile)", ["author Author", "author.profile Profile"]],
  ["through the rows of a statement", "session.execute(select(Book).limit(50)).scalars().unique()", "print(one.tags)", ["tags Tag list"]],
  ["behind the tuple of a statement", "session.execute(select(Book))", "print(one.Book.tags)", ["tags Tag list"]],
])("touching reads: %s", async (_title, query, body, expected) => {
  expect(await lazy(loop(query, body))).toEqual(expected);
});

test.each([
  ["loaded with the rows", "session.query(Book).options(joinedload(Book.author)).all()", "print(one.author.name)"],
  ["loaded by name", 'session.query(Book).options(joinedload("author")).all()', "print(one.author.name)"],
  ["loaded for a statement", "session.scalars(select(Author).options(selectinload(Author.books)))", "print(one.books)"],
  [
    "loaded further",
    "session.scalars(select(Book).options(joinedload(Book.author).selectinload(Author.profile)))",
    "print(one.author.profile)",
  ],
  [
    "loaded further by options",
    "session.scalars(select(Book).options(joinedload(Book.author).options(selectinload(Author.profile), selectinload(Author.books))))",
    "print(one.author.profile, one.author.books)",
  ],
  ["joined and taken", "session.query(Book).join(Book.author).options(contains_eager(Book.author))", "print(one.author.name)"],
  ["loaded with every row", "session.query(Book).all()", "print(one.reviews)"],
  ["loaded with every row of the other side", "session.query(Chapter).all()", "print(one.book.title)"],
  ["a column", "session.query(Book).all()", "print(one.author_id, one.title)"],
  ["columns are no rows", "session.query(Book.id, Book.title)", "print(one.author)"],
  ["numbers are no rows", "session.execute(select(Book.title, func.count()).group_by(Book.title))", "print(one.author)"],
])("nothing is read: %s", async (_title, query, body) => {
  expect(await lazy(loop(query, body))).toEqual([]);
});

test("the row that a list belongs to is known to its elements", async () => {
  expect(
    await lazy(`def walk(session: Session):
    author = session.get(Author, 1)
    for book in author.books:
        print(book.author.name)
`),
  ).toEqual([]);
});

test("touched again, it is there", async () => {
  expect(await lazy(loop("session.query(Book).all()", "print(one.author.name, one.author.id)"))).toEqual(["author Author"]);
});

test("a relation that is a query is asked when it is run", async () => {
  expect(await lazy(loop("session.query(Book).all()", "one.notes.filter(Note.book_id == 1).all()"))).toEqual(["notes Note list"]);
  expect(await lazy(loop("session.query(Book).all()", "print(one.notes)"))).toEqual([]);
});

test("rows go through functions with what was loaded", async () => {
  const through = (options: string): string => `
def shown(book):
    return book.author.name

def walk(session: Session):
    return [shown(book) for book in books(session)]

def books(session):
    query = session.query(Book)
    query = query${options}
    return query.all()
`;
  expect(await lazy(through(""))).toEqual(["author Author"]);
  expect(await lazy(through(".options(joinedload(Book.author))"))).toEqual([]);
});
