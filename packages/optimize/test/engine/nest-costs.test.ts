/** Routes of Nest with TypeORM: what runs before them, and the statements that the library adds by itself. */
import { expect, it } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import { costText } from "../../src/engine/cost-text.ts";

const entities = `import { BaseEntity, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn } from "typeorm";
@Entity("orders")
export class Order extends BaseEntity {
  @PrimaryGeneratedColumn() id: number;
  @OneToMany(() => Line, (line) => line.order, { eager: true }) lines: Line[];
  @ManyToOne(() => Customer, (customer) => customer.orders) customer: Customer;
}
@Entity("lines")
export class Line { @PrimaryGeneratedColumn() id: number; @ManyToOne(() => Order, (order) => order.lines) order: Order; }
@Entity("customers")
export class Customer { @PrimaryGeneratedColumn() id: number; @OneToMany(() => Order, (order) => order.customer) orders: Order[]; }
`;

async function costs(body: string, more: Readonly<Record<string, string>> = {}): Promise<Record<string, string>> {
  const controller = `import { Body, Controller, Delete, Get, Post, Put, UseGuards } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { Repository } from "typeorm";
import { Customer, Line, Order } from "./entities";
import { Allowed } from "./allowed";
@Controller("orders")
export class Orders {
  constructor(@InjectRepository(Order) private orders: Repository<Order>, @InjectRepository(Line) private lines: Repository<Line>,
    @InjectRepository(Customer) private customers: Repository<Customer>) {}
  ${body}
}`;
  const allowed = `import { Injectable } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { Repository } from "typeorm";
import { Customer } from "./entities";
@Injectable()
export class Allowed {
  constructor(@InjectRepository(Customer) private customers: Repository<Customer>) {}
  async canActivate() { return (await this.customers.count()) > 0; }
  async use(req, res, next) { req.customer = await this.customers.findOneBy({ id: 1 }); next(); }
}`;
  const files = { "src/entities.ts": entities, "src/orders.ts": controller, "src/allowed.ts": allowed, ...more };
  const { project } = await analyzeSources(Object.entries(files).map(([file, text]) => ({ file, text })));
  return Object.fromEntries(project.entries.map((entry) => [entry.name, costText(entry.cost)]));
}

it("one row, or a page of rows, beside joined relations is asked for by its keys first", async () => {
  const found = await costs(`
  @Get("own") own() { return this.orders.findOne({ where: { id: 1 } }); }
  @Get("plain") plain() { return this.customers.findOne({ where: { id: 1 } }); }
  @Get("named") named() { return this.customers.findOne({ where: { id: 1 }, relations: ["orders"] }); }
  @Get("page") page() { return this.customers.find({ relations: { orders: true }, take: 10 }); }
  @Get("all") all() { return this.customers.find({ relations: { orders: true } }); }
  @Get("built") built() { return this.orders.createQueryBuilder("o").leftJoinAndSelect("o.lines", "l").take(10).getMany(); }
  @Get("limited") limited() { return this.orders.createQueryBuilder("o").leftJoinAndSelect("o.lines", "l").limit(10).getMany(); }
  @Get("single") single() { return this.orders.createQueryBuilder("o").take(10).getMany(); }`);
  expect(found).toEqual({
    "GET /orders/own": "2 queries",
    "GET /orders/plain": "1 query",
    "GET /orders/named": "2 queries",
    "GET /orders/page": "2 queries",
    "GET /orders/all": "1 query",
    "GET /orders/built": "2 queries",
    "GET /orders/limited": "1 query",
    "GET /orders/single": "1 query",
  });
});

it("what is kept of a row is read before it is saved, with the keys of each list that came with it", async () => {
  const found = await costs(`
  @Post("made") made() { return this.customers.save(new Customer()); }
  @Post("created") created() { return this.customers.save(this.customers.create({})); }
  @Put("plain") async plain() { const one = await this.customers.findOneBy({ id: 1 }); return this.customers.save(one); }
  @Put("lists") async lists() { const one = await this.orders.findOneBy({ id: 1 }); return this.orders.save(one); }
  @Put("named") async named() { const one = await this.customers.findOne({ where: { id: 1 }, relations: ["orders"] }); await this.customers.save(one); }
  @Put("given") given(@Body() line) { return this.lines.save(line); }
  @Put("itself") async itself() { const one = await Order.findOneBy({ id: 1 }); await one.save(); }
  @Delete("one") async one() { const one = await this.lines.findOneBy({ id: 1 }); await this.lines.remove(one); }
  @Delete("by") by() { return this.lines.delete({ id: 1 }); }`);
  expect(found).toEqual({
    "POST /orders/made": "1 write",
    "POST /orders/created": "1 write",
    "PUT /orders/plain": "2 queries, 1 write",
    "PUT /orders/lists": "4 queries, 1 write",
    "PUT /orders/named": "4 queries, 1 write",
    "PUT /orders/given": "≤ 1 query, 1 write",
    "PUT /orders/itself": "4 queries, 1 write",
    "DELETE /orders/one": "2 queries, 1 write",
    "DELETE /orders/by": "1 write",
  });
});

it("middlewares that a module applies, and guards, run before the methods that they are for", async () => {
  const found = await costs(
    `@Get() all() { return 1; }
  @Get(":id") one() { return 1; }
  @Put(":id") change() { return 1; }
  @UseGuards(Allowed) @Post() add() { return 1; }`,
    {
      "src/app.module.ts": `import { MiddlewareConsumer, Module, RequestMethod } from "@nestjs/common";
import { Allowed } from "./allowed";
import { Orders } from "./orders";
import { Shelves } from "./shelves";
@Module({ controllers: [Orders, Shelves], providers: [Allowed] })
export class AppModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(Allowed).forRoutes({ path: "orders/:id", method: RequestMethod.PUT });
    consumer.apply(Allowed).exclude("shelves/open").forRoutes(Shelves);
  }
}`,
      "src/shelves.ts": `import { Controller, Get } from "@nestjs/common";
@Controller("shelves")
export class Shelves { @Get() all() { return 1; } @Get("open") open() { return 1; } }`,
    },
  );
  expect(found).toEqual({
    "GET /orders": "no queries",
    "GET /orders/:id": "no queries",
    "PUT /orders/:id": "1 query",
    "POST /orders": "1 query",
    "GET /shelves": "1 query",
    "GET /shelves/open": "no queries",
  });
});
