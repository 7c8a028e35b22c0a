/** FastAPI and SQLAlchemy through the whole analysis: what handlers depend on, contexts that are entered, sessions that are flushed. */
import { expect, test } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import type { Analysis } from "../../src/engine/analyze.ts";
import { costText } from "../../src/engine/cost-text.ts";

const database = `from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, sessionmaker
from contextlib import contextmanager
from typing import Annotated
from fastapi import Depends, HTTPException

Local = sessionmaker(bind=create_engine("sqlite://"))

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "users"

class Item(Base):
    __tablename__ = "items"

def get_db():
    db = Local()
    try:
        yield db
    finally:
        db.close()

Database = Annotated[Local, Depends(get_db)]

def current_user(db: Database):
    return db.query(User).filter_by(id=1).one()

def check_access(user=Depends(current_user)):
    if user is None:
        raise HTTPException(status_code=403)

class Page:
    def __init__(self, db: Database, page: int = 1):
        self.user = db.get(User, page)

class Permission:
    def __init__(self, name):
        self.name = name

    def __call__(self, db: Database):
        return db.query(Item).filter_by(name=self.name).first()

@contextmanager
def session():
    db = Local()
    yield db
    db.commit()
`;

async function costs(routes: string): Promise<Record<string, string>> {
  const analysis: Analysis = await analyzeSources([
    { file: "database.py", text: database },
    {
      file: "app.py",
      text: `from fastapi import APIRouter, Depends, FastAPI\nfrom database import Database, Item, Local, Page, Permission, User, check_access, current_user, session\n\n${routes}`,
    },
  ]);
  const { project } = analysis;
  return Object.fromEntries(project.entries.map((entry) => [entry.name, costText(entry.cost)]));
}

test("what a handler depends on is called once for a request, before it", async () => {
  expect(
    await costs(`app = FastAPI()

@app.get("/none")
def none():
    return 1

@app.get("/session")
def by_session(db: Database):
    return db.query(Item).all()

@app.get("/shared", dependencies=[Depends(check_access)])
def shared(db: Database, user: User = Depends(current_user)):
    return db.query(Item).filter_by(user=user.id).all()

@app.get("/class")
def by_class(page: Page = Depends()):
    return page.user

@app.get("/called")
def called(item=Depends(Permission("read"))):
    return item
`),
  ).toEqual({
    "GET /none": "no queries",
    "GET /session": "1 query",
    "GET /shared": "2 queries",
    "GET /class": "1 query",
    "GET /called": "1 query",
  });
});

test("what routers depend on belongs to all of their routes", async () => {
  expect(
    await costs(`router = APIRouter(prefix="/items", dependencies=[Depends(check_access)])
inner = APIRouter()

@inner.get("/{id}")
def one(id: int, db: Database):
    return db.get(Item, id)

router.include_router(inner, prefix="/inner", dependencies=[Depends(Permission("read"))])

@router.get("/")
def every(db: Database):
    return db.query(Item).all()

app = FastAPI()
app.include_router(router, prefix="/api")

@app.get("/free")
def free(db: Database):
    return db.query(Item).first()
`),
  ).toEqual({ "GET /api/items": "2 queries", "GET /api/items/inner/{id}": "3 queries", "GET /free": "1 query" });
});

test("a context manager gives what it yields, and one that is a class what it is entered for", async () => {
  expect(
    await costs(`app = FastAPI()

class Work:
    def __enter__(self):
        self.db = Local()
        return self.db

    def __exit__(self, *args):
        self.db.execute(text("SELECT 1 FROM logs"))

from sqlalchemy import text

@app.get("/generator")
def generator():
    with session() as db:
        return db.query(Item).count()

@app.get("/class")
def by_class():
    with Work() as db:
        db.query(Item).count()
`),
  ).toEqual({ "GET /generator": "1 query", "GET /class": "2 queries" });
});

test("what is added is written with the next flush, however many rounds added to it", async () => {
  expect(
    await costs(`app = FastAPI()

@app.post("/together")
def together(names: list[str], db: Database):
    for name in names:
        db.add(User(name=name))
    db.commit()

@app.post("/each")
def each(names: list[str], db: Database):
    for name in names:
        db.add(User(name=name))
        db.commit()

@app.post("/perhaps")
def perhaps(name: str, db: Database):
    if name != "a":
        db.add(User(name=name))
`),
  ).toEqual({ "POST /together": "1 write", "POST /each": "names writes", "POST /perhaps": "≤ 1 write" });
});
