import { library } from "../../model/library.ts";
import type { DecoratorSpec } from "../../model/library.ts";

const route = (method: string): DecoratorSpec => ({ on: "method", entry: { kind: "route", method }, path: { arg: 0 } });
const controller: DecoratorSpec = { on: "class", path: { arg: 0, property: "path" }, injectable: true };
const message: DecoratorSpec = { on: "method", entry: { kind: "event" }, path: { arg: 0, property: "cmd" } };

export default library({
  id: "nest",
  packages: ["@nestjs/common", "@nestjs/core", "@nestjs/microservices", "@nestjs/websockets", "@nestjs/event-emitter", "@nestjs/cqrs"],
  exports: {
    ModuleRef: { class: "ModuleRef" },
    NestFactory: { value: "Factory" },
    EventEmitter2: { class: "Emitter" },
    INestApplication: { type: "ModuleRef" },
    MiddlewareConsumer: { type: "Consumer" },
  },
  types: {
    Factory: {
      members: {
        create: { returns: { type: "ModuleRef" }, promise: true },
        createApplicationContext: { returns: { type: "ModuleRef" }, promise: true },
        createMicroservice: { returns: { type: "ModuleRef" }, promise: true },
      },
    },
    ModuleRef: {
      members: {
        get: { returns: { instanceOf: 0 } },
        resolve: { returns: { instanceOf: 0 }, promise: true },
        create: { returns: { instanceOf: 0 }, promise: true },
        listen: { returns: "void", promise: true, listens: true },
      },
    },
    Consumer: { members: { apply: { holds: true, returns: { type: "Applied" } } } },
    Applied: {
      members: {
        exclude: { returns: "same" },
        forRoutes: { registers: { kind: "applied", handlers: 0 }, returns: { type: "Consumer" } },
      },
    },
    Emitter: {
      members: {
        emit: { returns: "value" },
        emitAsync: { returns: "value", promise: true },
        on: { registers: { kind: "event", path: { arg: 0 }, handlers: 1 }, returns: "same" },
      },
    },
  },
  decorators: {
    Module: { on: "class", provides: { arg: 0, property: "providers" }, injectable: true },
    Controller: controller,
    WebSocketGateway: { on: "class", injectable: true },
    Injectable: { on: "class", injectable: true },
    UseGuards: { on: "class", before: "canActivate" },
    Inject: { on: "parameter", token: { arg: 0 } },
    Get: route("GET"),
    Post: route("POST"),
    Put: route("PUT"),
    Patch: route("PATCH"),
    Delete: route("DELETE"),
    Head: route("HEAD"),
    Options: route("OPTIONS"),
    All: route("ALL"),
    Sse: route("GET"),
    MessagePattern: message,
    EventPattern: message,
    GrpcMethod: message,
    GrpcStreamMethod: message,
    OnEvent: { on: "method", entry: { kind: "event" }, path: { arg: 0 } },
    SubscribeMessage: { on: "method", entry: { kind: "socket" }, path: { arg: 0 } },
    CommandHandler: { on: "class", injectable: true, path: { arg: 0 } },
    QueryHandler: { on: "class", injectable: true, path: { arg: 0 } },
    EventsHandler: { on: "class", injectable: true, path: { arg: 0 } },
  },
});
