/** The tables, as the development database is made. */
export const schema = `
  create table if not exists authors (id serial primary key, name text not null);
  create table if not exists books (
    id serial primary key, title text not null, genre text not null, author_id int not null references authors,
    price_cents int not null, stock int not null, rating int
  );
  create index if not exists books_genre_title_idx on books (genre, title);
  create table if not exists customers (id serial primary key, name text not null, email text not null, country text not null);
  create table if not exists orders (
    id serial primary key, customer_id int not null references customers, country text not null, status text not null, total_cents int not null
  );
  create table if not exists order_items (
    id serial primary key, order_id int not null references orders, book_id int not null references books, quantity int not null, price_cents int not null
  );
  create table if not exists reviews (
    id serial primary key, book_id int not null references books, customer_id int not null references customers,
    rating int not null, body text not null, created_at timestamp not null default now()
  );
  create table if not exists shipments (parcel text primary key, order_id int not null references orders, delivered boolean not null default false);
  create table if not exists tax_rates (country text primary key, rate float not null);
  create table if not exists invoices (order_id int primary key references orders);
  create table if not exists ledger (id serial primary key, amount_cents int not null, balance_cents int not null);
`;

/** Rows for ORDERS orders; everything else follows from that number. */
export const rows = [
  "truncate authors, books, customers, orders, order_items, reviews, shipments, tax_rates, invoices, ledger restart identity cascade",
  "insert into authors (name) select 'Author ' || n from generate_series(1, 10) n",
  `insert into books (title, genre, author_id, price_cents, stock)
     select 'Book ' || lpad(n::text, 4, '0'), (array['fiction', 'travel', 'poetry', 'history'])[1 + n % 4], 1 + n % 10, 900 + n * 10, n % 20
     from generate_series(1, greatest(4, ORDERS / 2)) n`,
  `insert into customers (name, email, country)
     select 'Reader ' || n, 'reader' || n || '@example.org', (array['DE', 'FR', 'JP'])[1 + n % 3] from generate_series(1, greatest(2, ORDERS / 3)) n`,
  `insert into orders (customer_id, country, status, total_cents)
     select 1 + n % greatest(2, ORDERS / 3), (array['DE', 'FR', 'JP'])[1 + n % 3], case when n % 5 = 0 then 'paid' else 'open' end, 1000 + n
     from generate_series(1, ORDERS) n`,
  `insert into order_items (order_id, book_id, quantity, price_cents)
     select o, 1 + (o + i) % greatest(4, ORDERS / 2), i, 990 from generate_series(1, ORDERS) o, generate_series(1, 3) i`,
  `insert into reviews (book_id, customer_id, rating, body)
     select 1 + n % greatest(4, ORDERS / 2), 1 + n % greatest(2, ORDERS / 3), 1 + n % 5, 'Fine.' from generate_series(1, ORDERS) n`,
  "insert into shipments (parcel, order_id) select 'P' || id, id from orders where status = 'paid'",
  "insert into tax_rates values ('DE', 0.07), ('FR', 0.055), ('JP', 0.1)",
];
