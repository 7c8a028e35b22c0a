import type { FrameworkFixture } from "./fixture.ts";

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "controllers, messages, events and sockets",
    files: {
      "src/orders.controller.ts": `import { All, Controller, Delete, Get, Post, Param } from "@nestjs/common";
import { EventPattern, MessagePattern } from "@nestjs/microservices";
import { OnEvent } from "@nestjs/event-emitter";
import { Orders } from "./orders.service";
@Controller("orders")
export class OrdersController {
  constructor(private readonly orders: Orders) {}
  @Get() list() { return this.orders.all(); }
  @Get(":id") one(@Param("id") id: string) { return this.orders.one(id); }
  @Post("import") bring() { return 1; }
  @All("any") any() { return 1; }
  @EventPattern("order.created") created() {}
  @MessagePattern({ cmd: "count" }) count() { return 1; }
  @OnEvent("order.paid") paid() {}
}
@Controller({ path: "books" })
export class Books { @Delete("/:id/") drop() {} }`,
      "src/orders.service.ts": `import { Injectable } from "@nestjs/common";
@Injectable()
export class Orders { all() { return []; } one(id: string) { return { id }; } }`,
      "src/chat.gateway.ts": `import { SubscribeMessage, WebSocketGateway } from "@nestjs/websockets";
@WebSocketGateway()
export class Chat { @SubscribeMessage("say") say() {} }`,
    },
    expect: [
      "ALL /orders/any",
      "DELETE /books/:id",
      "GET /orders",
      "GET /orders/:id",
      "POST /orders/import",
      "event count",
      "event order.created",
      "event order.paid",
      "socket say",
    ],
  },
  {
    title: "timetables and queues",
    files: {
      "src/jobs.ts": `import { Injectable } from "@nestjs/common";
import { Cron, CronExpression, Interval } from "@nestjs/schedule";
import { Processor, Process } from "@nestjs/bull";
@Injectable()
export class Nightly { @Cron("0 3 * * *") run() {} @Interval("ping", 1000) ping() {} }
@Processor("mail")
export class Mail { @Process("welcome") welcome() {} }`,
      "src/worker.ts": `import { Processor, WorkerHost } from "@nestjs/bullmq";
@Processor("images")
export class Images extends WorkerHost { async process(job: unknown) { return job; } }`,
    },
    expect: ["job images", "job mail welcome", "schedule 0 3 * * *", "schedule ping"],
  },
  {
    title: "GraphQL by decorators; a field runs once for each parent row",
    files: {
      "src/users.resolver.ts": `import { Mutation, Parent, Query, ResolveField, Resolver } from "@nestjs/graphql";
class User { id = 1; }
@Resolver(() => User)
export class Users {
  @Query(() => [User], { name: "users" }) all() { return []; }
  @Mutation("addUser") add() { return {}; }
  @ResolveField() posts(@Parent() user: User) { return [user.id]; }
  @ResolveField("fullName", () => String) name() { return ""; }
}`,
    },
    expect: ["resolver Mutation.addUser", "resolver Query.users", "resolver User.fullName", "resolver User.posts"],
  },
  {
    title: "decorators of the same names from elsewhere",
    files: {
      "src/a.ts": `import { Controller, Get } from "./own";
@Controller("x") export class X { @Get() y() {} }`,
      "src/own.ts": `export const Controller = (p: string) => (c: unknown) => c; export const Get = () => (c: unknown) => c;`,
    },
    expect: [],
  },
];

export default fixtures;
