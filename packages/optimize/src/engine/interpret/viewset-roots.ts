/** Classes whose methods are routes: registered at a router, or mapped to methods of requests in a table. */
import { requestOf } from "./accounts.ts";
import { basesOf, findMember, evaluateAt } from "./classes.ts";
import type { FoundMember } from "./classes.ts";
import { at } from "./drafts.ts";
import { madeWith } from "./made-classes.ts";
import { entryName } from "./naming.ts";
import { namedOf, withNamed } from "./python.ts";
import { textOf } from "./registrations.ts";
import type { Root } from "./root.ts";
import type { Table } from "./url-roots.ts";
import type { ClassRef, Value } from "./value.ts";
import { constantOf, constantValue, valueOf } from "./value.ts";
import { askedBy, listOf, shownAt } from "./view-roots.ts";
import type { Registration, World } from "./world.ts";

/** `router.register("orders", OrderViewSet)` */
export function viewsetRoots(world: World, table: Table, one: Registration, prefix: string, out: Root[]): void {
  const path = `${prefix}${one.path ?? ""}/`.replace(/\/\/+/g, "/");
  for (const handler of one.handlers)
    for (const origin of handler.what) {
      if (origin.kind !== "class") continue;
      for (const [name, [method, below]] of Object.entries(table.spec.actions))
        actionRoot(world, table, origin.ref, name, method, `${path}${below}`, out);
      for (const { name, methods, below } of actionsOf(world, table, origin.ref))
        for (const method of methods) actionRoot(world, table, origin.ref, name, method, `${path}${below}`, out);
    }
}

/** `OrderViewSet.as_view({"get": "list"})` */
export function mappedRoots(world: World, table: Table, ref: ClassRef, map: Value, path: string, out: Root[]): void {
  for (const origin of map.what) {
    if (origin.kind !== "object") continue;
    for (const [method, value] of origin.object.props) {
      const name = constantOf(value)?.value;
      if (typeof name === "string") actionRoot(world, table, ref, name, method.toUpperCase(), path, out);
    }
  }
}

function actionRoot(world: World, table: Table, ref: ClassRef, name: string, method: string, path: string, out: Root[]): void {
  const found = findMember(world, ref, name, false);
  if (found?.member.function === undefined) return;
  const own = instanceFor(world, ref, name);
  const self = valueOf({ kind: "instance", ref: own });
  const steps = ["setup", "initial"].flatMap((step) => findMember(world, ref, step, false) ?? []);
  const closure = ({ ref: home, member }: FoundMember): Value =>
    valueOf({ kind: "closure", unit: home.unit, fn: member.function ?? 0, env: home.env, self, home });
  const from = { unit: ref.unit, node: { at: ref.facts.at, end: ref.facts.at }, fn: 0 };
  out.push({
    name: entryName("route", method, path),
    kind: "route",
    handlers: [...steps, found].map(closure),
    middlewares: table.middlewares,
    before: { value: table.request, key: "request" },
    account: askedBy(table, false),
    params: [],
    library: undefined,
    perItem: false,
    given: { key: method, values: [requestOf(world, method.toLowerCase(), table.account)] },
    ...shownAt(world, ref, found, from),
  });
}

const known = new WeakMap<ClassRef, Map<string, readonly Value[]>>();

/** Instances that know which of their methods runs: `if self.action == "list"`. */
function instanceFor(world: World, ref: ClassRef, action: string): ClassRef {
  const map = known.get(ref) ?? new Map<string, readonly Value[]>();
  known.set(ref, map);
  const made = map.get(action) ?? withNamed([], new Map([["action", constantValue(action)]]));
  map.set(action, made);
  return madeWith(world, ref, made);
}

interface Action {
  readonly name: string;
  readonly methods: readonly string[];
  readonly below: string;
}

/** `@action(detail=True, methods=["post"])` */
function actionsOf(world: World, table: Table, ref: ClassRef): Action[] {
  return basesOf(world, ref).project.flatMap((base) =>
    base.facts.members.flatMap((member) =>
      member.decorators.flatMap((decorator): Action[] => {
        if (decorator.kind !== "call") return [];
        const origin = evaluateAt(world, base, decorator.callee).what[0];
        const name = origin?.kind === "export" ? origin.name : origin?.kind === "package" ? origin.path : undefined;
        if (name !== table.spec.action) return [];
        const named = new Map(
          decorator.args.flatMap((one) => (one.name === undefined ? [] : [[one.name, evaluateAt(world, base, one.value)] as const])),
        );
        const args = withNamed(
          decorator.args.filter((one) => one.name === undefined).map((one) => evaluateAt(world, base, one.value)),
          named,
        );
        const methods = listOf({ arg: 0, keyword: "methods" }, args);
        const detail = constantOf(at({ args }, { arg: 1, keyword: "detail" }) ?? constantValue(false))?.value === true;
        const path = textOf(namedOf(args)?.get("url_path")) ?? member.name;
        return [{ name: member.name, methods: methods.length === 0 ? ["GET"] : methods, below: `${detail ? "<pk>/" : ""}${path}/` }];
      }),
    ),
  );
}
