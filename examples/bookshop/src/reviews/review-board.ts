import DataLoader from "dataloader";
import type { Customer, CustomersRepository } from "../customers/index.js";
import { indexBy } from "../shared/lists.js";
import type { ReviewsRepository } from "./reviews-repository.js";

export class ReviewBoard {
  constructor(
    private readonly reviews: ReviewsRepository,
    private readonly customers: CustomersRepository,
  ) {}

  /** Slow on purpose: counts all reviews to learn whether there is one. */
  async hasReviews(bookId: number): Promise<boolean> {
    const count = await this.reviews.countFor(bookId);
    return count > 0;
  }

  async hasAny(bookId: number): Promise<boolean> {
    return this.reviews.existsFor(bookId);
  }

  /** The number itself is shown. */
  async headline(bookId: number): Promise<string> {
    const count = await this.reviews.countFor(bookId);
    return count === 1 ? "1 review" : `${count} reviews`;
  }

  /** The loader joins the readers of all reviews into one query. */
  async latest(): Promise<{ rating: number; reader: string }[]> {
    const readers = new DataLoader<number, Customer | undefined>(async (ids) => {
      const byId = indexBy(await this.customers.byIds(ids), (customer) => customer.id);
      return ids.map((id) => byId.get(id));
    });
    const reviews = await this.reviews.latest();
    return Promise.all(
      reviews.map(async (review) => {
        const reader = await readers.load(review.customer_id);
        return { rating: review.rating, reader: reader?.name ?? "unknown" };
      }),
    );
  }

  /** Slow on purpose: every book takes a connection at the same time. */
  async recount(): Promise<number> {
    const books = await this.reviews.reviewedBooks();
    await Promise.all(books.map((book) => this.reviews.rate(book.id)));
    return books.length;
  }

  /** One statement rates every book. */
  async recountAtOnce(): Promise<void> {
    await this.reviews.rateAll();
  }
}
