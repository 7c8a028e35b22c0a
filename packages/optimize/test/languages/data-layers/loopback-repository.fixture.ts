import { fixtures } from "../fixture.ts";

const repository = `import { DefaultCrudRepository, Entity } from "@loopback/repository";
class Order extends Entity { id?: number; }
export class OrderRepository extends DefaultCrudRepository<Order, number> {}
`;

export default fixtures({
  "reads and writes through a repository": `${repository}
export class Orders {
  constructor(private orders: OrderRepository) {}
  async all() {
    await this.orders.find({ where: { open: true } }); //> db-read Order list
    await this.orders.findById(1); //> db-read Order
    await this.orders.create({}); //> db-write Order
    await this.orders.deleteAll({ open: false }); //> db-write Order bulk
  }
}`,
  "nothing without a proven receiver": `
class Repository { async findById(id: number) { return id; } }
export const read = async () => await new Repository().findById(1);`,
});
