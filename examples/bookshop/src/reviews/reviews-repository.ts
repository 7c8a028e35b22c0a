import type { Pool } from "pg";

export interface Review {
  id: number;
  book_id: number;
  customer_id: number;
  rating: number;
}

export class ReviewsRepository {
  constructor(private readonly pool: Pool) {}

  async latest(): Promise<Review[]> {
    const { rows } = await this.pool.query<Review>("select id, book_id, customer_id, rating from reviews order by id desc limit 40");
    return rows;
  }

  async countFor(bookId: number): Promise<number> {
    const { rows } = await this.pool.query<{ n: number }>("select count(*)::int as n from reviews where book_id = $1", [bookId]);
    return rows[0]?.n ?? 0;
  }

  async existsFor(bookId: number): Promise<boolean> {
    const { rows } = await this.pool.query<{ found: boolean }>("select exists (select 1 from reviews where book_id = $1) as found", [
      bookId,
    ]);
    return rows[0]?.found ?? false;
  }

  async reviewedBooks(): Promise<{ id: number }[]> {
    const { rows } = await this.pool.query<{ id: number }>("select distinct book_id as id from reviews order by book_id");
    return rows;
  }

  async rate(bookId: number): Promise<void> {
    await this.pool.query("update books set rating = (select round(avg(rating)) from reviews where book_id = $1) where id = $1", [bookId]);
  }

  async rateAll(): Promise<void> {
    await this.pool.query(
      "update books set rating = r.rating from (select book_id, round(avg(rating)) as rating from reviews group by book_id) r where r.book_id = books.id",
    );
  }
}
