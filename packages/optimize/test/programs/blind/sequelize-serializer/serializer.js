const fields = {
  id: (order) => order.id,
  total: (order) => order.total,
  customer: customerName,
  itemCount,
};

async function customerName(order) {
  // expect: n+1
  const customer = await order.getCustomer({ attributes: ["name"] });
  return customer.name;
}

function itemCount(order) {
  // expect: n+1
  return order.countItems();
}

export function serializeAll(orders) {
  return Promise.all(orders.map(serialize));
}

async function serialize(order) {
  const entries = Object.entries(fields).map(async ([name, read]) => [name, await read(order)]);
  return Object.fromEntries(await Promise.all(entries));
}
