import type { Pool } from "pg";

export interface Book {
  id: number;
  title: string;
  genre: string;
  author_id: number;
  price_cents: number;
  stock: number;
}

export class BooksRepository {
  constructor(private readonly pool: Pool) {}

  async byId(id: number): Promise<Book | undefined> {
    const { rows } = await this.pool.query<Book>("select * from books where id = $1", [id]);
    return rows[0];
  }

  async byIds(ids: readonly number[]): Promise<Book[]> {
    const { rows } = await this.pool.query<Book>("select * from books where id = any($1)", [ids]);
    return rows;
  }

  async all(): Promise<Book[]> {
    const { rows } = await this.pool.query<Book>("select * from books order by title");
    return rows;
  }

  async ofGenre(genre: string): Promise<Book[]> {
    const { rows } = await this.pool.query<Book>("select * from books where genre = $1 order by title limit 100", [genre]);
    return rows;
  }

  async page(after: number, size: number): Promise<Book[]> {
    const { rows } = await this.pool.query<Book>("select * from books where id > $1 order by id limit $2", [after, size]);
    return rows;
  }

  async titlesOfGenre(genre: string): Promise<{ title: string }[]> {
    const { rows } = await this.pool.query<{ title: string }>("select title from books where genre = $1 limit 20", [genre]);
    return rows;
  }

  async authorOf(book: Book): Promise<string | undefined> {
    const { rows } = await this.pool.query<{ name: string }>("select name from authors where id = $1", [book.author_id]);
    return rows[0]?.name;
  }
}
