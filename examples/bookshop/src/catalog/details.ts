import { eq, sql } from "drizzle-orm";
import { tables } from "../database/index.js";
import type { Orm } from "../database/index.js";

const { books, reviews } = tables;

/** What the page of one book shows. */
export class Details {
  constructor(private readonly orm: Orm) {}

  /** Slow on purpose: three reads that need nothing of each other, one after the other. */
  async of(id: number) {
    const latest = await this.orm.select().from(reviews).where(eq(reviews.bookId, id)).limit(5);
    const average = await this.orm
      .select({ value: sql<number>`avg(${reviews.rating})` })
      .from(reviews)
      .where(eq(reviews.bookId, id));
    const book = await this.orm.query.books.findFirst({ where: eq(books.id, id) });
    return { book, latest, average: average[0]?.value };
  }

  /** The same three reads side by side. */
  async together(id: number) {
    const [latest, average, book] = await Promise.all([
      this.orm.select().from(reviews).where(eq(reviews.bookId, id)).limit(5),
      this.orm
        .select({ value: sql<number>`avg(${reviews.rating})` })
        .from(reviews)
        .where(eq(reviews.bookId, id)),
      this.orm.query.books.findFirst({ where: eq(books.id, id) }),
    ]);
    return { book, latest, average: average[0]?.value };
  }

  /** The second read needs the first. */
  async similar(id: number) {
    const book = await this.orm.query.books.findFirst({ where: eq(books.id, id) });
    if (book === undefined) return [];
    return this.orm.select().from(books).where(eq(books.genre, book.genre)).limit(10);
  }

  /** Authors come with the books. */
  async withAuthors() {
    const found = await this.orm.query.books.findMany({ with: { author: true }, limit: 50 });
    return found.map((book) => ({ title: book.title, author: book.author.name }));
  }
}
