import { relations } from "drizzle-orm";
import { index, integer, pgTable, serial, text, timestamp } from "drizzle-orm/pg-core";

export const authors = pgTable("authors", {
  id: serial("id").primaryKey(),
  name: text("name").notNull(),
});

export const books = pgTable(
  "books",
  {
    id: serial("id").primaryKey(),
    title: text("title").notNull(),
    genre: text("genre").notNull(),
    authorId: integer("author_id")
      .notNull()
      .references(() => authors.id),
    priceCents: integer("price_cents").notNull(),
    stock: integer("stock").notNull(),
    rating: integer("rating"),
  },
  (table) => [index("books_genre_title_idx").on(table.genre, table.title)],
);

export const reviews = pgTable("reviews", {
  id: serial("id").primaryKey(),
  bookId: integer("book_id")
    .notNull()
    .references(() => books.id),
  customerId: integer("customer_id").notNull(),
  rating: integer("rating").notNull(),
  body: text("body").notNull(),
  createdAt: timestamp("created_at").notNull().defaultNow(),
});

export const bookRelations = relations(books, ({ one, many }) => ({
  author: one(authors, { fields: [books.authorId], references: [authors.id] }),
  reviews: many(reviews),
}));

export const authorRelations = relations(authors, ({ many }) => ({ books: many(books) }));
export const reviewRelations = relations(reviews, ({ one }) => ({
  book: one(books, { fields: [reviews.bookId], references: [books.id] }),
}));
