import type { Redis } from "ioredis";
import type { BooksRepository } from "../catalog/index.js";

/** What readers look for, counted in Redis. */
export class Popular {
  constructor(
    private readonly redis: Redis,
    private readonly books: BooksRepository,
  ) {}

  /** Slow on purpose: KEYS walks every key of the server, and everybody waits. */
  async terms(): Promise<string[]> {
    const keys = await this.redis.keys("term:*");
    return keys.map((key) => key.slice("term:".length));
  }

  /** The terms are kept in a sorted set, too. */
  async topTerms(): Promise<string[]> {
    return this.redis.zrevrange("terms", 0, 9);
  }

  /** Slow on purpose: one round trip for each book. */
  async views(): Promise<Record<string, number>> {
    const views: Record<string, number> = {};
    for (const book of await this.books.all()) {
      views[book.title] = Number((await this.redis.get(`views:${book.id}`)) ?? 0);
    }
    return views;
  }

  /** One round trip for all books. */
  async viewsAtOnce(): Promise<Record<string, number>> {
    const books = await this.books.all();
    const counts = await this.redis.mget(books.map((book) => `views:${book.id}`));
    return Object.fromEntries(books.map((book, index) => [book.title, Number(counts[index] ?? 0)]));
  }

  /** Commands are collected and sent together. */
  async look(bookIds: readonly number[]): Promise<void> {
    const batch = this.redis.pipeline();
    for (const id of bookIds) batch.incr(`views:${id}`);
    await batch.exec();
  }
}
