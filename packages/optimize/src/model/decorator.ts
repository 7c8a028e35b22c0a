import type { Where } from "./effect.ts";

/** What a decorator of a library says of what it stands at. */
export interface DecoratorSpec {
  readonly on: "class" | "method" | "parameter" | "field";
  /** The method is an entry: kind and HTTP method. */
  readonly entry?: { readonly kind: "route" | "job" | "schedule" | "event" | "socket" | "resolver"; readonly method?: string };
  /** The function below answers these methods only; or where their list stands. */
  readonly methods?: readonly string[] | Where;
  /** The entry runs once for each parent row (GraphQL field resolvers). */
  readonly perItem?: boolean;
  /**
   * The path, queue or pattern; on a class it is a prefix. From argument `arg` on, the first string (or list of them) counts,
   * or the property of the first object. A class's argument that is a class, or a function that returns one, gives its name (`@Resolver(() => User)`).
   */
  readonly path?: Where;
  /** Classes among the arguments have a method of this name, which runs before the method, or before every method of the class. */
  readonly before?: string;
  /** The class is made by the framework's container: constructor parameters are injected. */
  readonly injectable?: boolean;
  /** Names a table on a model class; `where` says where the name stands, absent: the class name. */
  readonly table?: { readonly where?: Where };
  /** A field that is a relation to the class that the first argument (a function) returns. */
  readonly relation?: "one" | "many";
  /** The method's body runs inside a database transaction (`@Transactional()`). */
  readonly transactional?: boolean;
  /** The method runs for each row of its model that is written (`@BeforeUpdate()`). */
  readonly hook?: boolean;
  /** The parameter or field is the type's value for the class that the argument names (`@InjectRepository(User)`, `@InjectModel("User")`). */
  readonly injects?: { readonly type: string; readonly table: Where };
  /** The parameter or field is what the container holds for the token at this argument (`@Inject(TOKEN)`). */
  readonly token?: Where;
  /** A list of `{ provide, useClass | useValue | useFactory | useExisting }` and classes stands here (`@Module({ providers })`). */
  readonly provides?: Where;
}
