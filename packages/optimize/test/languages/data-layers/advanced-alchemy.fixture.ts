import { fixtures } from "../fixture.ts";

const models = `from advanced_alchemy.extensions.litestar import service
from advanced_alchemy.repository import SQLAlchemySyncRepository
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)

class Books(service.SQLAlchemyAsyncRepositoryService[Book]):
    async def of(self, key):
        return await self.get(key) #> db-read book

class Shelf(SQLAlchemySyncRepository[Book]):
    model_type = Book
`;

export default fixtures({
  "reads one and many": `${models}
async def read(books: Books, key):
    one = await books.of(key)
    other = await books.get_one_or_none(id=key) #> db-read book
    some, total = await books.list_and_count() #> db-read book list, db-read book
    return one, other, some, total, await books.exists(id=key) #> db-read book
`,
  "writes one and many, where a service of its own threads waits for nobody": `${models}
async def write(books: Books, rows):
    await books.create(rows[0]) #> db-write book
    await books.create_many(rows) #> db-write book bulk

def write_here(shelf: Shelf, rows):
    shelf.create_many(rows) #> db-write book bulk blocking
    return shelf.list() #> db-read book list blocking
`,
  "nothing without a proven receiver": `
class Books:
    def list(self):
        return []

async def read(books, key):
    return await books.get_one(id=key), Books().list()
`,
});
