/** Where requests, jobs and events enter: everything that the outside world may start. */
import type { AppliedDecorators } from "./class-roots.ts";
import { classRoots } from "./class-roots.ts";
import { classRefOf } from "./classes.ts";
import { contractRoots } from "./contract-roots.ts";
import { endlessRoots } from "./endless-roots.ts";
import { fileRoots, annotatedRoots, placeOfValue } from "./file-roots.ts";
import { looseResolverRoots } from "./loose-resolvers.ts";
import { exportedValue } from "./modules.ts";
import { forgetSites, isHandlerKind } from "./naming.ts";
import { namedProcedureRoots, procedureRoots } from "./procedure-roots.ts";
import { resourceRoots } from "./resource-roots.ts";
import { graphqlRoots, resolverRoots } from "./resolver-roots.ts";
import type { Root } from "./root.ts";
import { besideRoutes, routeRoots } from "./route-roots.ts";
import { urlRoots } from "./url-roots.ts";
import { valueOf } from "./value.ts";
import { workerClassRoots } from "./worker-class-roots.ts";
import type { World } from "./world.ts";

export function findRoots(world: World): Root[] {
  const out: Root[] = [];
  forgetSites(world);
  const beside = besideRoutes(world);
  for (const one of world.registrations) {
    if (one.spec.kind === "procedure") namedProcedureRoots(world, one, out);
    else if (one.spec.kind === "resource") resourceRoots(world, one, beside, out);
    else if (isHandlerKind(one)) routeRoots(world, one, beside, out);
    else if (one.spec.kind === "resolvers") for (const map of one.handlers) resolverRoots(world, one, map, out);
    else if (one.spec.kind === "procedures") procedureRoots(world, one, out);
    else if (one.spec.kind === "contract") contractRoots(world, one, out);
    else if (one.spec.kind === "graphql-type" || one.spec.kind === "graphql-field") graphqlRoots(world, one, out);
  }
  urlRoots(world, out);
  endlessRoots(world, out);
  const applied: AppliedDecorators = new Map();
  for (const unit of world.units) {
    for (const facts of unit.facts.classes)
      if (facts.parent === 0) {
        const ref = classRefOf(world, unit, facts.id, unit.env);
        classRoots(world, ref, out, applied);
        workerClassRoots(world, ref, out);
      }
    fileRoots(world, unit, out);
    annotatedRoots(world, unit, out);
  }
  looseResolverRoots(world, out);
  const seen = new Set<string>();
  return out.filter((root) => {
    const key = `${root.name}|${root.unit.index}:${root.node.at}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Entries that the settings name, because nothing in the code shows who calls them. */
export function configuredRoots(world: World, entryPoints: readonly string[]): Root[] {
  const out: Root[] = [];
  for (const text of entryPoints) {
    const [file = "", name] = text.split("#");
    const unit = world.unitOf.get(file.replace(/^\.\//, ""));
    if (unit === undefined) {
      world.failures.push({ file, code: "config", message: `entryPoints names ${text}, and there is no such source` });
      continue;
    }
    const names = name === undefined ? unit.facts.exports.map((one) => one.name).filter((one) => one !== "*") : [name];
    for (const one of names) {
      const handlers = (exportedValue(world, unit, one)?.what ?? []).filter((origin) => origin.kind === "closure");
      if (handlers.length === 0) {
        if (name !== undefined)
          world.failures.push({
            file,
            code: "config",
            message: `entryPoints names ${text}, and the file exports no function of that name`,
          });
        continue;
      }
      out.push({
        name: `event ${unit.facts.file}#${one}`,
        kind: "event",
        handlers: handlers.map((origin) => valueOf(origin)),
        middlewares: [],
        params: [],
        library: undefined,
        perItem: false,
        ...placeOfValue(handlers[0], unit),
      });
    }
  }
  return out;
}
