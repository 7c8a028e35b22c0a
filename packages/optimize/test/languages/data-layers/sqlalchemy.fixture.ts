import { fixtures } from "../fixture.ts";

const models = `from sqlalchemy import create_engine, delete, exists, func, insert, select, text, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

engine = create_engine("sqlite://")
Local = sessionmaker(bind=engine)
`;

export default fixtures({
  "reads when a query is run": `${models}
def read(session: Session):
    pending = session.query(User).filter(User.name == "a").order_by(User.id)
    rows = pending.all() #> db-read user list blocking
    one = session.query(User).filter_by(id=1).one_or_none() #> db-read user blocking
    known = session.query(User).get(1) #> db-read user blocking
    number = session.query(func.count(User.id)).scalar() #> db-read user blocking
    names = [name for (name,) in session.query(User.name)] #> db-read user list blocking
    there = session.query(exists().where(User.id == 1)).scalar() #> db-read - blocking
    return rows, one, known, number, names, there, session.query(User).count() #> db-read user blocking
`,
  "reads when a session is given a statement": `${models}
def read(ids):
    with Local() as session:
        statement = select(User).where(User.id.in_(ids))
        rows = session.execute(statement).scalars().unique().all() #> db-read user list blocking
        more = session.scalars(select(User).limit(3)).all() #> db-read user list blocking
        one = session.scalar(select(User).where(User.id == 1)) #> db-read user blocking
        number = session.execute(select(func.count()).select_from(User)).scalar_one() #> db-read user blocking
        return rows, more, one, number, session.get(User, 1) #> db-read user blocking
`,
  "writes at once, and with the next flush": `${models}
def write(session: Session, names):
    session.execute(update(User).where(User.name == "a").values(name="b")) #> db-write user bulk blocking
    session.execute(delete(User).where(User.name == "a")) #> db-write user bulk blocking
    session.execute(insert(User), [{"name": name} for name in names]) #> db-write user bulk blocking
    session.query(User).filter(User.name == "a").delete() #> db-write user bulk blocking
    session.bulk_insert_mappings(User, [{"name": name} for name in names]) #> db-write user bulk blocking
    user = User(name="a")
    session.add(user) #> db-write user batched
    session.add_all([User(name=name) for name in names]) #> db-write user bulk batched
    session.commit()
    session.refresh(user) #> db-read user blocking
    session.delete(user) #> db-write user batched
    session.flush()
`,
  "runs what is written in SQL": `${models}
def read():
    with engine.connect() as connection:
        for row in connection.execute(text("SELECT * FROM users")): #> db-read users list blocking
            print(row)
    with engine.begin() as connection:
        connection.execute(text("UPDATE users SET name = 'b'")) #> db-write users blocking
`,
  streams: `${models}
def walk(session: Session):
    for user in session.query(User).yield_per(100): #> db-read user list blocking
        print(user.name)
`,
  "waits with an asynchronous session": `
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlmodel import Field, SQLModel

class User(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str

make = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"))

async def read():
    async with make() as session:
        rows = (await session.execute(select(User))).scalars().all() #> db-read user list
        one = await session.get(User, 1) #> db-read user
        session.add(User(name="a")) #> db-write user batched
        await session.commit()
        async for row in await session.stream_scalars(select(User)): #> db-read user list
            print(row)
        return rows, one
`,
  "asks the session that it was told to make": `
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import declarative_base, sessionmaker

Base = declarative_base()

class User(Base):
    pass

make = sessionmaker(create_async_engine("sqlite+aiosqlite://"), class_=AsyncSession)

async def read():
    async with make() as session:
        return (await session.scalars(select(User))).all() #> db-read user list
`,
  "Flask's session and models": `
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()

class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)

def read(page):
    first = User.query.filter_by(id=1).first() #> db-read user blocking
    rows = db.session.execute(db.select(User)).scalars().all() #> db-read user list blocking
    some = User.query.paginate(page=page, per_page=20) #> db-read user list blocking, db-read user blocking
    db.session.add(User(id=2)) #> db-write user batched
    db.session.commit()
    return first, rows, some, User.query.get_or_404(1) #> db-read user blocking
`,
  "tables without models": `
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, select

users = Table("users", MetaData(), Column("id", Integer))

def read():
    with create_engine("sqlite://").connect() as connection:
        connection.execute(users.insert(), [{"id": 1}]) #> db-write users bulk blocking
        return connection.execute(select(users)).fetchall() #> db-read users list blocking
`,
  "nothing while a query is only looked at": `${models}
def look(session: Session):
    query = session.query(User).filter(User.id == 1)
    if query and hasattr(query, "statement"):
        for part in query.statement.froms:
            print(part, [one["entity"] for one in query.column_descriptions], str(query.whereclause))
    return query
`,
  "a session of unknown origin is known by what it is given": `${models}
def read(request, keys):
    one = request.db.query(User).filter(User.id == 1).first() #> db-read user blocking
    other = request.db.get(User, 1) #> db-read user blocking
    many = request.db.execute(select(User)).scalars().all() #> db-read user list blocking
    return one, other, many, keys.get(1), request.get("user", None)

async def change(info):
    users = (await info.context["session"].scalars(select(User))).all() #> db-read user list
    await info.context["session"].execute(delete(User).where(User.id == 1)) #> db-write user bulk
    return users
`,
  "nothing without a proven receiver": `
def read(session, User):
    session.add(User())
    return session.query(User).all()
`,
});
