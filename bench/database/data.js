/**
 * Tables and rows of the database suite: a wholesale business of eight tables in the shape of TPC-H, and a help desk with skewed data. `scale` 1 has
 * 6,000,000 order lines. Deterministic: the same scale gives the same rows.
 */

export const tables = `
CREATE TABLE region (r_key integer PRIMARY KEY, r_name char(25) NOT NULL, r_note varchar(152));
CREATE TABLE nation (n_key integer PRIMARY KEY, n_name char(25) NOT NULL, n_region integer NOT NULL REFERENCES region, n_note varchar(152));
CREATE TABLE supplier (s_key integer PRIMARY KEY, s_name char(25) NOT NULL, s_address varchar(40) NOT NULL, s_nation integer NOT NULL REFERENCES nation,
  s_phone char(15) NOT NULL, s_balance numeric(15,2) NOT NULL, s_note varchar(101) NOT NULL);
CREATE TABLE part (p_key integer PRIMARY KEY, p_name varchar(55) NOT NULL, p_maker char(25) NOT NULL, p_brand char(10) NOT NULL, p_type varchar(25) NOT NULL,
  p_size integer NOT NULL, p_container char(10) NOT NULL, p_price numeric(15,2) NOT NULL, p_note varchar(23) NOT NULL);
CREATE TABLE partsupp (ps_part integer NOT NULL REFERENCES part, ps_supplier integer NOT NULL REFERENCES supplier, ps_available integer NOT NULL,
  ps_cost numeric(15,2) NOT NULL, ps_note varchar(199) NOT NULL, PRIMARY KEY (ps_part, ps_supplier));
CREATE TABLE customer (c_key integer PRIMARY KEY, c_name varchar(25) NOT NULL, c_address varchar(40) NOT NULL, c_nation integer NOT NULL REFERENCES nation,
  c_phone char(15) NOT NULL, c_balance numeric(15,2) NOT NULL, c_segment char(10) NOT NULL, c_note varchar(117) NOT NULL);
CREATE TABLE orders (o_key integer PRIMARY KEY, o_customer integer NOT NULL REFERENCES customer, o_status char(1) NOT NULL, o_total numeric(15,2) NOT NULL,
  o_date date NOT NULL, o_priority char(15) NOT NULL, o_clerk char(15) NOT NULL, o_ship_priority integer NOT NULL, o_note varchar(79) NOT NULL);
CREATE TABLE lineitem (l_order integer NOT NULL REFERENCES orders, l_part integer NOT NULL, l_supplier integer NOT NULL, l_number integer NOT NULL,
  l_quantity numeric(15,2) NOT NULL, l_price numeric(15,2) NOT NULL, l_discount numeric(15,2) NOT NULL, l_tax numeric(15,2) NOT NULL,
  l_returned char(1) NOT NULL, l_status char(1) NOT NULL, l_shipped date NOT NULL, l_promised date NOT NULL, l_received date NOT NULL,
  l_instruction char(25) NOT NULL, l_mode char(10) NOT NULL, l_note varchar(44) NOT NULL,
  PRIMARY KEY (l_order, l_number), FOREIGN KEY (l_part, l_supplier) REFERENCES partsupp);
CREATE TABLE account (id integer PRIMARY KEY, email text NOT NULL, plan text NOT NULL, created_at timestamptz NOT NULL);
CREATE TABLE ticket (id integer PRIMARY KEY, account_id integer NOT NULL REFERENCES account, assignee_id integer, state text NOT NULL,
  priority integer NOT NULL, subject text NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, deleted_at timestamptz);
CREATE TABLE note (id integer PRIMARY KEY, ticket_id integer NOT NULL REFERENCES ticket, author_id integer NOT NULL, body text NOT NULL,
  created_at timestamptz NOT NULL);
`;

const pick = (/** @type {readonly string[]} */ words) =>
  `(ARRAY[${words.map((word) => `'${word}'`).join(", ")}])[1 + floor(random() * ${words.length})::int]`;
const colours = ["almond", "blue", "cream", "forest", "green", "ivory", "lemon", "olive", "peru", "rose", "salmon", "tan"];
const words = [
  "quick",
  "final",
  "special",
  "regular",
  "express",
  "ironic",
  "pending",
  "bold",
  "deposits",
  "requests",
  "accounts",
  "packages",
];
const text = (/** @type {number} */ count) => Array.from({ length: count }, () => pick(words)).join(" || ' ' || ");
const money = (/** @type {number} */ most) => `round((random() * ${most})::numeric, 2)`;

/**
 * Statements that fill the tables, in order.
 *
 * @param {number} scale
 */
export function rows(scale) {
  const n = (/** @type {number} */ base) => Math.max(10, Math.round(base * scale));
  const [suppliers, parts, customers, orders] = [n(10_000), n(200_000), n(150_000), n(1_500_000)];
  const [accounts, tickets, notes] = [n(200_000), n(2_000_000), n(4_000_000)];
  return [
    "SELECT setseed(0.42)",
    `INSERT INTO region SELECT g, (ARRAY['AFRICA','AMERICA','ASIA','EUROPE','MIDDLE EAST'])[g + 1], ${text(4)} FROM generate_series(0, 4) g`,
    `INSERT INTO nation SELECT g, 'NATION ' || g, g % 5, ${text(4)} FROM generate_series(0, 24) g`,
    `INSERT INTO supplier SELECT g, 'Supplier ' || g, 'street ' || g, floor(random() * 25)::int, (10 + g % 25) || '-' || g, ${money(11_000)} - 1000, ${text(5)} || CASE WHEN g % 200 = 7 THEN ' Customer Complaints' ELSE '' END FROM generate_series(1, ${suppliers}) g`,
    `INSERT INTO part SELECT g, ${pick(colours)} || ' ' || ${pick(colours)} || ' ' || ${pick(colours)}, 'Maker ' || 1 + g % 5, 'Brand#' || (1 + g % 5) || (1 + floor(random() * 5)::int), ${pick(["STANDARD", "SMALL", "MEDIUM", "LARGE", "ECONOMY", "PROMO"])} || ' ' || ${pick(["ANODIZED", "BURNISHED", "PLATED", "POLISHED", "BRUSHED"])} || ' ' || ${pick(["TIN", "NICKEL", "BRASS", "STEEL", "COPPER"])}, 1 + floor(random() * 50)::int, ${pick(["SM", "LG", "MED", "JUMBO", "WRAP"])} || ' ' || ${pick(["CASE", "BOX", "BAG", "JAR", "PACK", "DRUM"])}, 900 + g % 1000, ${text(2)} FROM generate_series(1, ${parts}) g`,
    `INSERT INTO partsupp SELECT p, 1 + (p + s * (${suppliers} / 4 + (p - 1) / ${suppliers})) % ${suppliers}, 1 + floor(random() * 9999)::int, ${money(1000)}, ${text(8)} FROM generate_series(1, ${parts}) p, generate_series(0, 3) s ON CONFLICT DO NOTHING`,
    `INSERT INTO customer SELECT g, 'Customer ' || g, 'street ' || g, floor(random() * 25)::int, (10 + floor(random() * 25)::int) || '-' || g, ${money(11_000)} - 1000, ${pick(["AUTOMOBILE", "BUILDING", "FURNITURE", "MACHINERY", "HOUSEHOLD"])}, ${text(6)} FROM generate_series(1, ${customers}) g`,
    // A third of the customers never order.
    `INSERT INTO orders SELECT g, 1 + 3 * floor(random() * ${customers} / 3)::int + floor(random() * 2)::int, ${pick(["F", "O", "F", "O", "P"])}, ${money(400_000)}, date '2018-01-01' + floor(random() * 2400)::int, ${pick(["1-URGENT", "2-HIGH", "3-MEDIUM", "4-NOT SPECIFIED", "5-LOW"])}, 'Clerk#' || floor(random() * ${Math.max(10, n(1000))})::int, 0, ${text(4)} FROM generate_series(1, ${orders}) g`,
    `INSERT INTO lineitem SELECT o.o_key, ps.ps_part, ps.ps_supplier, l.n, 1 + floor(random() * 50)::int, ${money(100_000)}, round((random() * 0.1)::numeric, 2), round((random() * 0.08)::numeric, 2), ${pick(["A", "N", "R", "N"])}, ${pick(["F", "O"])}, o.o_date + l.ship, o.o_date + 30 + floor(random() * 60)::int, o.o_date + l.ship + 1 + floor(random() * 30)::int, ${pick(["DELIVER IN PERSON", "COLLECT COD", "NONE", "TAKE BACK RETURN"])}, ${pick(["AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB", "REG AIR"])}, ${text(3)}
      FROM orders o CROSS JOIN LATERAL (SELECT n, 1 + floor(random() * 120)::int AS ship, 1 + floor(random() * ${parts})::int AS part, floor(random() * 4)::int AS s FROM generate_series(1, 1 + o.o_key % 7) n) l
      JOIN partsupp ps ON ps.ps_part = l.part AND ps.ps_supplier = 1 + (l.part + l.s * (${suppliers} / 4 + (l.part - 1) / ${suppliers})) % ${suppliers}`,
    `INSERT INTO account SELECT g, CASE WHEN g % 3 = 0 THEN 'User' ELSE 'user' END || g || '@example' || g % 50 || '.org', CASE WHEN random() < 0.9 THEN 'free' WHEN random() < 0.8 THEN 'team' ELSE 'enterprise' END, timestamptz '2022-01-01' + g * interval '5 minutes' FROM generate_series(1, ${accounts}) g`,
    // A few accounts have most of the tickets; nearly all are closed.
    `INSERT INTO ticket SELECT g, 1 + floor(${accounts} * power(random(), 4))::int, CASE WHEN random() < 0.8 THEN 1 + floor(60 * power(random(), 2))::int END, CASE WHEN random() < 0.93 THEN 'closed' WHEN random() < 0.8 THEN 'open' ELSE 'waiting' END, floor(random() * 4)::int, ${text(4)} || CASE WHEN random() < 0.001 THEN ' refund' ELSE '' END, timestamptz '2022-01-01' + g * interval '40 seconds', timestamptz '2022-01-01' + g * interval '40 seconds' + random() * interval '20 days', CASE WHEN random() < 0.02 THEN timestamptz '2024-06-01' END FROM generate_series(1, ${tickets}) g`,
    `INSERT INTO note SELECT g, 1 + floor(${tickets} * random())::int, 1 + floor(${accounts} * power(random(), 3))::int, ${text(10)}, timestamptz '2022-01-01' + g * interval '20 seconds' FROM generate_series(1, ${notes}) g`,
  ];
}
