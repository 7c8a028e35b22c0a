/** The 22 queries in the shapes of TPC-H's, and ten of a help desk. Each is asked as it stands. */

const year = (/** @type {number} */ from, /** @type {string} */ column) =>
  `${column} >= date '${from}-01-01' AND ${column} < date '${from + 1}-01-01'`;
const gain = "l_price * (1 - l_discount)";

/** @type {Readonly<Record<string, string>>} */
export const analytical = {
  q1: `SELECT l_returned, l_status, sum(l_quantity), sum(l_price), sum(${gain}), sum(${gain} * (1 + l_tax)), avg(l_quantity), avg(l_price), count(*) FROM lineitem WHERE l_shipped <= date '2024-06-01' GROUP BY l_returned, l_status ORDER BY l_returned, l_status`,
  q2: `SELECT s_balance, s_name, n_name, p_key, p_maker FROM part, supplier, partsupp, nation, region WHERE p_key = ps_part AND s_key = ps_supplier AND p_size = 15 AND p_type LIKE '%BRASS' AND s_nation = n_key AND n_region = r_key AND r_name = 'EUROPE' AND ps_cost = (SELECT min(ps_cost) FROM partsupp, supplier, nation, region WHERE p_key = ps_part AND s_key = ps_supplier AND s_nation = n_key AND n_region = r_key AND r_name = 'EUROPE') ORDER BY s_balance DESC, n_name, s_name, p_key LIMIT 100`,
  q3: `SELECT l_order, sum(${gain}) AS revenue, o_date FROM customer, orders, lineitem WHERE c_segment = 'BUILDING' AND c_key = o_customer AND l_order = o_key AND o_date < date '2018-03-15' AND l_shipped > date '2018-03-15' GROUP BY l_order, o_date ORDER BY revenue DESC, o_date LIMIT 10`,
  q4: `SELECT o_priority, count(*) FROM orders WHERE o_date >= date '2019-07-01' AND o_date < date '2019-10-01' AND EXISTS (SELECT * FROM lineitem WHERE l_order = o_key AND l_promised < l_received) GROUP BY o_priority ORDER BY o_priority`,
  q5: `SELECT n_name, sum(${gain}) AS revenue FROM customer, orders, lineitem, supplier, nation, region WHERE c_key = o_customer AND l_order = o_key AND l_supplier = s_key AND c_nation = s_nation AND s_nation = n_key AND n_region = r_key AND r_name = 'ASIA' AND ${year(2020, "o_date")} GROUP BY n_name ORDER BY revenue DESC`,
  q6: `SELECT sum(l_price * l_discount) FROM lineitem WHERE ${year(2020, "l_shipped")} AND l_discount BETWEEN 0.05 AND 0.07 AND l_quantity < 24`,
  q7: `SELECT n1.n_name, n2.n_name, extract(year FROM l_shipped) AS y, sum(${gain}) FROM supplier, lineitem, orders, customer, nation n1, nation n2 WHERE s_key = l_supplier AND o_key = l_order AND c_key = o_customer AND s_nation = n1.n_key AND c_nation = n2.n_key AND ((n1.n_name = 'NATION 3' AND n2.n_name = 'NATION 7') OR (n1.n_name = 'NATION 7' AND n2.n_name = 'NATION 3')) AND l_shipped BETWEEN date '2019-01-01' AND date '2020-12-31' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  q8: `SELECT extract(year FROM o_date) AS y, sum(CASE WHEN n2.n_name = 'NATION 2' THEN ${gain} ELSE 0 END) / sum(${gain}) FROM part, supplier, lineitem, orders, customer, nation n1, nation n2, region WHERE p_key = l_part AND s_key = l_supplier AND l_order = o_key AND o_customer = c_key AND c_nation = n1.n_key AND n1.n_region = r_key AND r_name = 'AMERICA' AND s_nation = n2.n_key AND o_date BETWEEN date '2019-01-01' AND date '2020-12-31' AND p_type = 'ECONOMY ANODIZED STEEL' GROUP BY 1 ORDER BY 1`,
  q9: `SELECT n_name, extract(year FROM o_date) AS y, sum(${gain} - ps_cost * l_quantity) FROM part, supplier, lineitem, partsupp, orders, nation WHERE s_key = l_supplier AND ps_supplier = l_supplier AND ps_part = l_part AND p_key = l_part AND o_key = l_order AND s_nation = n_key AND p_name LIKE '%green%' GROUP BY 1, 2 ORDER BY 1, 2 DESC`,
  q10: `SELECT c_key, c_name, sum(${gain}) AS revenue, c_balance, n_name FROM customer, orders, lineitem, nation WHERE c_key = o_customer AND l_order = o_key AND o_date >= date '2019-10-01' AND o_date < date '2020-01-01' AND l_returned = 'R' AND c_nation = n_key GROUP BY c_key, c_name, c_balance, n_name ORDER BY revenue DESC LIMIT 20`,
  q11: `SELECT ps_part, sum(ps_cost * ps_available) AS worth FROM partsupp, supplier, nation WHERE ps_supplier = s_key AND s_nation = n_key AND n_name = 'NATION 11' GROUP BY ps_part HAVING sum(ps_cost * ps_available) > (SELECT sum(ps_cost * ps_available) * 0.0001 FROM partsupp, supplier, nation WHERE ps_supplier = s_key AND s_nation = n_key AND n_name = 'NATION 11') ORDER BY worth DESC`,
  q12: `SELECT l_mode, sum(CASE WHEN o_priority IN ('1-URGENT', '2-HIGH') THEN 1 ELSE 0 END), count(*) FROM orders, lineitem WHERE o_key = l_order AND l_mode IN ('MAIL', 'SHIP') AND l_promised < l_received AND l_shipped < l_promised AND ${year(2021, "l_received")} GROUP BY l_mode ORDER BY l_mode`,
  q13: `SELECT c_count, count(*) FROM (SELECT c_key, count(o_key) AS c_count FROM customer LEFT JOIN orders ON c_key = o_customer AND o_note NOT LIKE '%special%requests%' GROUP BY c_key) c GROUP BY c_count ORDER BY 2 DESC, 1 DESC`,
  q14: `SELECT 100 * sum(CASE WHEN p_type LIKE 'PROMO%' THEN ${gain} ELSE 0 END) / sum(${gain}) FROM lineitem, part WHERE l_part = p_key AND l_shipped >= date '2021-09-01' AND l_shipped < date '2021-10-01'`,
  q15: `WITH revenue AS (SELECT l_supplier AS key, sum(${gain}) AS total FROM lineitem WHERE l_shipped >= date '2021-01-01' AND l_shipped < date '2021-04-01' GROUP BY l_supplier) SELECT s_key, s_name, total FROM supplier, revenue WHERE s_key = key AND total = (SELECT max(total) FROM revenue) ORDER BY s_key`,
  q16: `SELECT p_brand, p_type, p_size, count(DISTINCT ps_supplier) AS suppliers FROM partsupp, part WHERE p_key = ps_part AND p_brand <> 'Brand#45' AND p_type NOT LIKE 'MEDIUM POLISHED%' AND p_size IN (49, 14, 23, 45, 19, 3, 36, 9) AND ps_supplier NOT IN (SELECT s_key FROM supplier WHERE s_note LIKE '%Customer%Complaints%') GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3`,
  q17: `SELECT sum(l_price) / 7.0 FROM lineitem, part WHERE p_key = l_part AND p_brand = 'Brand#23' AND p_container = 'MED BOX' AND l_quantity < (SELECT 0.2 * avg(l_quantity) FROM lineitem WHERE l_part = p_key)`,
  q18: `SELECT c_name, c_key, o_key, o_date, o_total, sum(l_quantity) FROM customer, orders, lineitem WHERE o_key IN (SELECT l_order FROM lineitem GROUP BY l_order HAVING sum(l_quantity) > 250) AND c_key = o_customer AND o_key = l_order GROUP BY 1, 2, 3, 4, 5 ORDER BY o_total DESC, o_date LIMIT 100`,
  q19: `SELECT sum(${gain}) FROM lineitem, part WHERE p_key = l_part AND l_mode IN ('AIR', 'REG AIR') AND l_instruction = 'DELIVER IN PERSON' AND ((p_brand = 'Brand#12' AND p_container IN ('SM CASE', 'SM BOX') AND l_quantity BETWEEN 1 AND 11 AND p_size BETWEEN 1 AND 5) OR (p_brand = 'Brand#23' AND p_container IN ('MED BAG', 'MED BOX') AND l_quantity BETWEEN 10 AND 20 AND p_size BETWEEN 1 AND 10))`,
  q20: `SELECT s_name, s_address FROM supplier, nation WHERE s_key IN (SELECT ps_supplier FROM partsupp WHERE ps_part IN (SELECT p_key FROM part WHERE p_name LIKE 'forest%') AND ps_available > (SELECT 0.5 * sum(l_quantity) FROM lineitem WHERE l_part = ps_part AND l_supplier = ps_supplier AND ${year(2020, "l_shipped")})) AND s_nation = n_key AND n_name = 'NATION 4' ORDER BY s_name`,
  q21: `SELECT s_name, count(*) AS waits FROM supplier, lineitem l1, orders, nation WHERE s_key = l1.l_supplier AND o_key = l1.l_order AND o_status = 'F' AND l1.l_received > l1.l_promised AND EXISTS (SELECT * FROM lineitem l2 WHERE l2.l_order = l1.l_order AND l2.l_supplier <> l1.l_supplier) AND NOT EXISTS (SELECT * FROM lineitem l3 WHERE l3.l_order = l1.l_order AND l3.l_supplier <> l1.l_supplier AND l3.l_received > l3.l_promised) AND s_nation = n_key AND n_name = 'NATION 20' GROUP BY s_name ORDER BY waits DESC, s_name LIMIT 100`,
  q22: `SELECT code, count(*), sum(c_balance) FROM (SELECT substring(c_phone FROM 1 FOR 2) AS code, c_balance FROM customer WHERE substring(c_phone FROM 1 FOR 2) IN ('13', '31', '23', '29', '30', '18', '17') AND c_balance > (SELECT avg(c_balance) FROM customer WHERE c_balance > 0 AND substring(c_phone FROM 1 FOR 2) IN ('13', '31', '23', '29', '30', '18', '17')) AND NOT EXISTS (SELECT * FROM orders WHERE o_customer = c_key)) c GROUP BY code ORDER BY code`,
};

/** @type {Readonly<Record<string, string>>} */
export const application = {
  a1: "SELECT * FROM ticket WHERE account_id = 17 AND deleted_at IS NULL ORDER BY created_at DESC LIMIT 20",
  a2: "SELECT id, subject, priority FROM ticket WHERE assignee_id = 7 AND state = 'open' ORDER BY priority DESC, created_at LIMIT 50",
  a3: "SELECT * FROM account WHERE lower(email) = 'user4711@example11.org'",
  a4: "SELECT n.* FROM note n WHERE n.ticket_id = 4242 ORDER BY n.created_at DESC LIMIT 30",
  a5: "SELECT id, subject FROM ticket WHERE subject ILIKE '%refund%' ORDER BY created_at DESC LIMIT 20",
  a6: "SELECT * FROM ticket WHERE state = 'waiting' AND deleted_at IS NULL ORDER BY updated_at LIMIT 50",
  a7: "SELECT state, count(*) FROM ticket WHERE account_id = 3 GROUP BY state",
  a8: "SELECT t.id, t.subject, n.created_at FROM note n JOIN ticket t ON t.id = n.ticket_id WHERE n.author_id = 4321 ORDER BY n.created_at DESC LIMIT 25",
  a9: "SELECT a.id, a.email FROM account a WHERE a.plan = 'enterprise' AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.account_id = a.id AND t.state = 'open') ORDER BY a.created_at LIMIT 100",
  a10: "SELECT id, created_at, subject FROM ticket WHERE (created_at, id) < ('2022-01-20 10:00:00+00', 40000) AND assignee_id = 12 ORDER BY created_at DESC, id DESC LIMIT 20",
};

/** @type {Readonly<Record<string, string>>} */
export const queries = { ...analytical, ...application };

/** What an application asks most: to fill a workload of fifty. */
export const everyday = [
  "SELECT * FROM account WHERE id = $1",
  "SELECT * FROM ticket WHERE id = $1",
  "SELECT * FROM ticket WHERE account_id = $1 AND state = 'open'",
  "SELECT count(*) FROM ticket WHERE account_id = $1 AND deleted_at IS NULL",
  "SELECT * FROM note WHERE ticket_id = $1 ORDER BY id",
  "SELECT n.*, a.email FROM note n JOIN account a ON a.id = n.author_id WHERE n.ticket_id = $1",
  "SELECT id FROM account WHERE email = $1",
  "SELECT * FROM account WHERE plan = 'enterprise' ORDER BY created_at DESC LIMIT 50",
  "SELECT * FROM orders WHERE o_customer = $1 ORDER BY o_date DESC LIMIT 10",
  "SELECT * FROM lineitem WHERE l_order = $1",
  "SELECT * FROM orders WHERE o_clerk = $1 AND o_status = 'O'",
  "SELECT p_key, p_name FROM part WHERE p_brand = $1 AND p_size = $2",
  "SELECT * FROM customer WHERE c_phone = $1",
  "SELECT max(created_at) FROM note WHERE author_id = $1",
  "UPDATE ticket SET state = 'closed', updated_at = now() WHERE id = $1",
  "INSERT INTO note (id, ticket_id, author_id, body, created_at) VALUES ($1, $2, $3, $4, now())",
  "DELETE FROM note WHERE ticket_id = $1",
  "UPDATE account SET plan = $1 WHERE id = $2",
];
