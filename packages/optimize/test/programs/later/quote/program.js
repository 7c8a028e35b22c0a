import { createServer } from "node:http";
import { backends } from "../../support/backends.js";
import { answering, drive } from "../../support/drive.js";

const { partner } = await backends("partner");
const read = async (path) => (await fetch(`${partner}${path}`)).json();

/** Nothing of one is needed for another. */
async function quote(id) {
  // expect: sequential-calls, 3 lines
  const customer = await read(`/customers/${id}?ms=20`);
  const { rating } = await read(`/ratings/${id}?ms=20`);
  const contract = await read(`/echo/${id}?ms=20`);
  return { name: customer.name, rating, contract };
}

/** Who is asked second is in the first answer. */
async function delivery(id) {
  // clean: the second needs the first
  const { customers } = await read(`/orders?page=1&upTo=${id}&ms=20`).then(({ orders }) => ({
    customers: orders.map((order) => order.customer_id),
  }));
  const customer = await read(`/customers/${customers.at(-1)}?ms=20`);
  return { to: customer.name };
}

const pages = { quote, delivery };
const server = createServer(
  answering((request) => {
    const [, page, id] = request.url.split("/");
    return pages[page](Number(id));
  }),
);
await drive(server, ["/quote/3", "/quote/8", "/quote/9", "/delivery/4", "/delivery/7", "/delivery/9"]);
