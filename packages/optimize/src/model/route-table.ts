/** Tables of routes that modules hold as lists: how a library names what they are made of. */
/** Lists of routes under one name: `urlpatterns = [path("orders/", views.orders), path("api/", include("api.urls"))]`. */
export interface RouteTableSpec {
  readonly list: string;
  /** Type of a route: made with a path and a view, or with a path and an included table. */
  readonly pattern: string;
  /** Type of an included table: made with a module's name, a module or a list. */
  readonly included: string;
  /** Type of a class that stands for a function: its instances are entered once for each method that they handle. */
  readonly view: string;
  /** Methods of a class that a router registers, with what they answer: on the path itself, or on a path below it. */
  readonly actions: Readonly<Record<string, readonly [method: string, below: string]>>;
  /** Decorator of further such methods. */
  readonly action: string;
  /** Type that every class with such methods extends; and the member that says what its rows are. */
  readonly handler: string;
  readonly model: string;
  /** Members of a class that puts out a template by itself: the template's name, and the method that gives its context. */
  readonly component: readonly [template: string, context: string];
  /** Setting that names the module of the outermost table, and the one that lists what runs before every view. */
  readonly roots: string;
  readonly middlewares: string;
  /** Methods of a middleware, in the order in which they run; the error by which its constructor says that it is not used. */
  readonly middleware: { readonly methods: readonly string[]; readonly unused: string };
  /** Who asks. */
  readonly account: AccountSpec;
  /** Handlers of these methods answer by themselves. */
  readonly ignores: readonly string[];
}

/** How a request says who asks: a member that is loaded when it is first looked at. */
export interface AccountSpec {
  readonly member: string;
  /** The middleware that puts it there; the setting that lists who looks it up, and the method that does. */
  readonly middleware: string;
  readonly backends: string;
  readonly method: string;
  /** Where the session is kept: a middleware, a setting, and the engines that keep it in the database; the first is the default. */
  readonly sessions: { readonly middleware: string; readonly setting: string; readonly stored: readonly string[] };
  /** Decorators that look at it, and those of views for programs, which send no session. */
  readonly decorators: readonly string[];
  readonly without: readonly string[];
}
