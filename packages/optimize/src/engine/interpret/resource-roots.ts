/** Resources: what is registered at a path answers by members whose names say the HTTP method (`on_get`, `find`). */
import { loaded, methodsIn } from "./controllers.ts";
import { moduleActivation } from "./modules.ts";
import { joinPaths } from "./naming.ts";
import type { Root } from "./root.ts";
import type { Beside } from "./route-roots.ts";
import { routeRoots } from "./route-roots.ts";
import type { Registration, World } from "./world.ts";

export function resourceRoots(world: World, one: Registration, beside: Beside, out: Root[]): void {
  const act = moduleActivation(world, one.unit);
  const ending = one.name === undefined ? "" : `_${one.name}`;
  for (const handler of one.handlers) {
    const resource = loaded(act, handler, one.node);
    for (const [name, [method, below]] of Object.entries(one.spec.members ?? {})) {
      const handlers = methodsIn(act, resource, `${name}${ending}`);
      if (handlers.length > 0)
        routeRoots(
          world,
          { ...one, spec: { ...one.spec, kind: "route" }, method, path: joinPaths(one.path, below), handlers },
          beside,
          out,
        );
    }
  }
}
