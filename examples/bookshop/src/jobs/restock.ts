import type { Pool } from "pg";
import type { Book, BooksRepository } from "../catalog/index.js";

export class Restock {
  constructor(
    private readonly pool: Pool,
    private readonly books: BooksRepository,
  ) {}

  /** Slow on purpose: asks for the author of every book that runs out. */
  async letters(): Promise<string[]> {
    const { rows } = await this.pool.query<Book>("select * from books where stock < 5 order by id");
    const letters: string[] = [];
    for (const book of rows) letters.push(await this.letter(book));
    return letters;
  }

  private async letter(book: Book): Promise<string> {
    const author = await this.books.authorOf(book);
    return `Please print ${book.title} by ${author ?? "unknown"}.`;
  }
}
