/** Answers of FastAPI: what turning rows into the classes of answers reads. */
import { expect, test } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import { costText } from "../../src/engine/cost-text.ts";

const shop = `from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship, selectinload, sessionmaker

Local = sessionmaker(bind=create_engine("sqlite://"))

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    books: Mapped[list["Book"]] = relationship(back_populates="author")

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    author: Mapped["Author"] = relationship(back_populates="books")

    @property
    def byline(self):
        return self.author.name

class BookRead(BaseModel):
    id: int

class Named(BaseModel):
    name: str

class AuthorRead(Named):
    books: list[BookRead] = []

class BookFull(BookRead):
    author: Named | None = None

class BookLine(BookRead):
    byline: str

class Page(BaseModel):
    items: list[BookFull]
    total: int

app = FastAPI()

def get_db():
    with Local() as db:
        yield db
`;

async function answered(routes: string): Promise<Record<string, string>> {
  const { project } = await analyzeSources([{ file: "app.py", text: `${shop}\n${routes}` }]);
  return Object.fromEntries(project.entries.map((entry) => [entry.name, costText(entry.cost)]));
}

test("an answer is read field by field", async () => {
  expect(
    await answered(`
@app.get("/columns", response_model=list[BookRead])
def columns(db: Session = Depends(get_db)):
    return db.query(Book).all()

@app.get("/one", response_model=AuthorRead)
def one(db: Session = Depends(get_db)):
    return db.get(Author, 1)

@app.get("/list", response_model=list[AuthorRead])
def every(db: Session = Depends(get_db)):
    return db.query(Author).all()

@app.get("/loaded", response_model=list[AuthorRead])
def loaded(db: Session = Depends(get_db)):
    return db.scalars(select(Author).options(selectinload(Author.books))).all()

@app.get("/annotated")
def annotated(db: Session = Depends(get_db)) -> list[AuthorRead]:
    return db.query(Author).limit(20).all()

@app.get("/property", response_model=list[BookLine])
def by_property(db: Session = Depends(get_db)):
    return db.query(Book).all()

@app.get("/none", response_model=None)
def none(db: Session = Depends(get_db)) -> list[AuthorRead]:
    return db.query(Author).all()
`),
  ).toEqual({
    "GET /columns": "1 query",
    "GET /one": "2 queries",
    "GET /list": "1 + author queries",
    "GET /loaded": "2 queries",
    "GET /annotated": "1 + min(20, author) queries",
    "GET /property": "1 + book queries",
    "GET /none": "1 query",
  });
});

test("what is turned into a class in the code is read there", async () => {
  expect(
    await answered(`
@app.get("/page", response_model=Page)
def page(db: Session = Depends(get_db)):
    query = db.query(Book)
    return {"items": query.all(), "total": query.count()}

@app.get("/validated")
def validated(db: Session = Depends(get_db)):
    return [AuthorRead.model_validate(author) for author in db.query(Author).all()]

@app.get("/orm")
def orm(db: Session = Depends(get_db)):
    return AuthorRead.from_orm(db.query(Author).first())
`),
  ).toEqual({ "GET /page": "2 + book queries", "GET /validated": "1 + author queries", "GET /orm": "2 queries" });
});

test("what is loaded by statements of its own is counted once for each relation", async () => {
  expect(
    await answered(`
@app.get("/joined")
def joined(db: Session = Depends(get_db)):
    return db.query(Book).options(joinedload(Book.author)).all()

@app.get("/own")
def own(db: Session = Depends(get_db)):
    return db.scalars(select(Author).options(selectinload(Author.books))).all()

@app.get("/further")
def further(db: Session = Depends(get_db)):
    return db.scalars(select(Book).options(joinedload(Book.author).selectinload(Author.books))).all()

@app.get("/both")
def both(db: Session = Depends(get_db)):
    return db.scalars(select(Book).options(selectinload(Book.author).options(selectinload(Author.books)))).all()

@app.get("/counted")
def counted(db: Session = Depends(get_db)):
    return db.query(Author).options(selectinload(Author.books)).count()
`),
  ).toEqual({
    "GET /joined": "1 query",
    "GET /own": "2 queries",
    "GET /further": "2 queries",
    "GET /both": "3 queries",
    "GET /counted": "1 query",
  });
});

test("a row that was changed is written with the next flush, once", async () => {
  expect(
    await answered(`
@app.put("/one")
def one(db: Session = Depends(get_db)):
    book = db.get(Book, 1)
    book.title = "a"
    book.pages = 3
    db.commit()

@app.put("/all")
def every(db: Session = Depends(get_db)):
    for book in db.query(Book).all():
        book.title = "a"
    db.commit()

@app.put("/each")
def each(ids: list[int], db: Session = Depends(get_db)):
    for id in ids:
        book = db.get(Book, id)
        setattr(book, "title", "a")
        db.commit()

@app.post("/new")
def new(db: Session = Depends(get_db)):
    book = Book()
    book.title = "a"
    db.add(book)
    db.commit()
`),
  ).toEqual({
    "PUT /one": "1 query, 1 write",
    "PUT /all": "1 query, 1 write",
    "PUT /each": "ids queries, ids writes",
    "POST /new": "1 write",
  });
});
