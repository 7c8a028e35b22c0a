import type { Book, BooksRepository } from "./books-repository.js";

const showcase = ["fiction", "travel", "poetry"] as const;

/** How books are grouped for readers. */
export class Shelves {
  constructor(private readonly books: BooksRepository) {}

  /** Slow on purpose: reads every book to keep those of one genre. */
  async ofGenre(genre: string): Promise<Book[]> {
    const books = await this.books.all();
    return books.filter((book) => book.genre === genre);
  }

  /** The database keeps those of one genre. */
  async ofGenreInDatabase(genre: string): Promise<Book[]> {
    return this.books.ofGenre(genre);
  }

  /** All books are wanted: the list says for each whether it is in stock. */
  async inventory(): Promise<{ total: number; available: number }> {
    const books = await this.books.all();
    const available = books.filter((book) => book.stock > 0);
    return { total: books.reduce((sum, book) => sum + book.stock, 0), available: available.length };
  }

  /** Three queries, however many books there are. */
  async showcase(): Promise<Record<string, string[]>> {
    const shelves: Record<string, string[]> = {};
    for (const genre of showcase) {
      const titles = await this.books.titlesOfGenre(genre);
      shelves[genre] = titles.map((book) => book.title);
    }
    return shelves;
  }
}
