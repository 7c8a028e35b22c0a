import { Redis } from "ioredis";
import { BooksRepository, Details, Shelves } from "./catalog/index.js";
import { config } from "./config.js";
import { CountryDirectory, CustomerDirectory, CustomersRepository, Loyalty } from "./customers/index.js";
import { orm, pool } from "./database/index.js";
import { Covers } from "./images/index.js";
import { Invoices, Restock } from "./jobs/index.js";
import { Checkout, OrderList, OrderOverview, OrderPreview, OrdersRepository, Pricing } from "./orders/index.js";
import { Receipts, Sales } from "./reports/index.js";
import { ReviewBoard, ReviewsRepository } from "./reviews/index.js";
import { Popular } from "./search/index.js";
import { Carrier, Shipments } from "./shipping/index.js";

/** Makes every part once and hands each what it needs. */
export function compose() {
  const redis = new Redis(config.redisUrl);
  const books = new BooksRepository(pool);
  const customers = new CustomersRepository(pool);
  const orders = new OrdersRepository(pool);
  const carrier = new Carrier();
  const pricing = new Pricing(pool);
  return {
    redis,
    books,
    shelves: new Shelves(books),
    details: new Details(orm),
    customers,
    loyalty: new Loyalty(pool, customers),
    orders,
    list: new OrderList(orders, customers),
    overview: new OrderOverview(orders, new CustomerDirectory(customers)),
    preview: new OrderPreview(orders, new CountryDirectory()),
    pricing,
    checkout: new Checkout(pool, orders, pricing, carrier),
    board: new ReviewBoard(new ReviewsRepository(pool), customers),
    sales: new Sales(pool),
    receipts: new Receipts(),
    carrier,
    shipments: new Shipments(pool, carrier),
    popular: new Popular(redis, books),
    covers: new Covers(),
    invoices: new Invoices(pool, orders),
    restock: new Restock(pool, books),
  };
}

export type Parts = ReturnType<typeof compose>;
