/** What a call of a framework registers: routes, jobs, resolvers and their like. */
import type { Where } from "./effect.ts";

export interface RegisterSpec {
  /**
   * route: `app.get(path, ...handlers)`; mount: `app.use(path, router)`; middleware: `app.use(fn)`;
   * chain: `router.route(path)` gives a receiver whose verbs take handlers only; job, schedule, event, socket, command;
   * resolvers: a map of types to fields to functions; plugin: `app.register(fn, { prefix })` calls fn with the app;
   * base: routes added later get this prefix (`new Router({ prefix })`, `app.basePath("/v1")`);
   * procedure: a typed remote call, not named yet; procedures: a map of names to procedures and further maps (`t.router({ … })`);
   * contract: a map of functions for the routes that a contract describes by the same keys; without a contract, the routes of one, which get `prefix`;
   * viewset: a class whose methods are routes below the path, in a table of routes that holds the receiver;
   * applied: what the receiver was made with runs before the routes that the arguments name (`consumer.apply(Auth).forRoutes("orders")`);
   * service: a function that makes what others look up by a name or a class (`config.register_service_factory(factory, name="user")`);
   * resource: an object, a class, an instance or a module answers at the path by the members that `members` names (`app.add_route("/orders", Orders())`);
   * group: routes that the function in its arguments adds stand below the prefix that its result is given (`router.group(() => { … }).prefix("/v1")`);
   * label: a name for a path, by which routes elsewhere mean it (`config.add_route("order", "/orders/{id}")`);
   * graphql-type: `handlers` holds fields, a function that gives them, or a function that defines them on its argument; `path` or `method` is the type's name;
   * graphql-field: one field; `path` is its name, `method` the type's name (absent: of the graphql-type around it); a config object's `resolve` is the handler.
   * Handlers that are lists are flattened; what is no function (options, names, schemas) is passed over. A router among the handlers is mounted.
   */
  readonly kind:
    | "base"
    | "procedures"
    | "contract"
    | "graphql-field"
    | "route"
    | "mount"
    | "middleware"
    | "chain"
    | "plugin"
    | "job"
    | "schedule"
    | "event"
    | "socket"
    | "command"
    | "resolvers"
    | "procedure"
    | "graphql-type"
    | "route-object"
    | "viewset"
    | "resource"
    | "group"
    | "label"
    | "service"
    | "applied";
  /** An entry only when it does what no browser can: queries, commands of a cache, queues, locks. */
  readonly background?: true;
  /** HTTP method, or where it stands; "ALL" for every method. */
  readonly method?: string | Where;
  /** HTTP method when none stands there. */
  readonly otherwise?: string;
  /** The call gives a decorator: the handler is the function below it (`@app.route("/orders")`). */
  readonly decorates?: boolean;
  /** Where path, queue or event name stand; absent: from the receiver (chain, queue, command). */
  readonly path?: Where;
  /** What stands there and is no text is named as it is written (`com.example.getOrder`). */
  readonly spelled?: boolean;
  /** Where the contract stands. */
  readonly contract?: Where;
  /** Where the name of a labelled path stands. */
  readonly label?: Where;
  /** The path is the name of a labelled path. */
  readonly byLabel?: boolean;
  /** The path may be left out: an argument that is no string, list of strings or regular expression is a handler already. */
  readonly optionalPath?: boolean;
  /** A name may stand before the path: when the argument after `path` is a text too, that one is the path. */
  readonly named?: boolean;
  /** Properties of object arguments that hold functions which run in the same request (`{ preHandler, handler }`). */
  readonly also?: readonly string[];
  /** Counts only when this argument is one of these constants (`addHook("preHandler", …)`). */
  readonly only?: { readonly where: Where; readonly oneOf: readonly string[] };
  /** Handlers that declare this many parameters run only after a failure: no part of a request's cost. */
  readonly errorParameters?: number;
  /** The handlers argument is an object whose keys name the entries (`{ taskList: { sendMail } }`). */
  readonly map?: boolean;
  /** Belongs to the result; the receiver stays as it is (immutable builders). */
  readonly onResult?: boolean;
  /** Of a resource: members with the HTTP method that they answer, and the path below its own. */
  readonly members?: Readonly<Record<string, readonly [method: string, below: string]>>;
  /** Where a word may stand that follows each member's name (`on_get_one`). */
  readonly suffix?: Where;
  /**
   * A list of a class (or of a function that loads its module) and of a name stands for that method: `[OrdersController, "index"]`. So does a
   * text "OrdersController.index", whose class is the default export of a file of that name in one of these folders.
   */
  readonly controllers?: readonly string[];
  /** First handler argument (all later ones are handlers too), or where the handler stands. */
  readonly handlers?: number | Where;
  /** Texts among the handlers are names of the project with dots (`"shop.views"`, `".views"`, `"shop.users.factory"`): of a module this member is meant. */
  readonly dotted?: string;
  /** Where things with `depends` stand that run before each handler (`dependencies=[Depends(check)]`). */
  readonly before?: Where;
  /** Where the class stands that answers are turned into; without it, what the handler is said to return. */
  readonly answers?: Where;
  /** Option that holds a prefix. */
  readonly prefix?: Where;
  /** What the handler gets, by position: library types of this library, "value" for plain request data. */
  readonly params?: readonly (string | "value")[];
}
