/** Statements that a session of SQLAlchemy sends when it is flushed. */
import { expect, it } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import { costText } from "../../src/engine/cost-text.ts";

const shop = `from fastapi import Depends, FastAPI
from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload, sessionmaker

Local = sessionmaker(bind=create_engine("sqlite://"))

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    books: Mapped[list["Book"]] = relationship(back_populates="author", cascade="all, delete-orphan")
    notes: Mapped[list["Note"]] = relationship(passive_deletes=True)

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    author: Mapped["Author"] = relationship(back_populates="books")

class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))

app = FastAPI()

def get_db():
    with Local() as db:
        yield db
`;

async function costs(routes: string): Promise<Record<string, string>> {
  const { project } = await analyzeSources([{ file: "app.py", text: `${shop}\n${routes}` }]);
  return Object.fromEntries(project.entries.map((entry) => [entry.name, costText(entry.cost)]));
}

it("a row that was changed and is added again is written once", async () => {
  const found = await costs(`
@app.put("/changed")
def changed(db: Session = Depends(get_db)):
    author = db.get(Author, 1)
    author.name = "a"
    db.add(author)
    db.commit()

@app.put("/added")
def added(db: Session = Depends(get_db)):
    author = db.get(Author, 1)
    db.add(author)
    author.name = "a"
    author.name = "b"
    db.commit()

@app.post("/new")
def new(db: Session = Depends(get_db)):
    db.add(Author(name="a"))
    db.add(Book(author_id=1))
    db.commit()
`);
  expect(found).toEqual({ "PUT /changed": "1 query, 1 write", "PUT /added": "1 query, 1 write", "POST /new": "2 writes" });
});

it("the lists of a row that is deleted are read, unless they are there or left alone", async () => {
  const found = await costs(`
@app.delete("/author")
def author(db: Session = Depends(get_db)):
    db.delete(db.get(Author, 1))
    db.commit()

@app.delete("/loaded")
def loaded(db: Session = Depends(get_db)):
    row = db.scalars(select(Author).where(Author.id == 1).options(selectinload(Author.books))).one()
    db.delete(row)
    db.commit()

@app.delete("/book")
def book(db: Session = Depends(get_db)):
    db.delete(db.get(Book, 1))
    db.commit()
`);
  expect(found).toEqual({
    "DELETE /author": "2 queries, 1 (≤ 2) writes",
    "DELETE /loaded": "2 queries, 1 (≤ 2) writes",
    "DELETE /book": "1 query, 1 write",
  });
});
