/** Reading and writing members of values. */
import type { MemberExpression } from "../../model/facts-expressions.ts";
import { isAccount } from "./accounts.ts";
import type { Activation } from "./activation.ts";
import { arrayMember } from "./arrays.ts";
import { globalValue } from "./bindings.ts";
import { fieldsOf, findMember } from "./classes.ts";
import { foreign } from "./foreign-values.ts";
import { instanceMember, staticMember } from "./instance-members.ts";
import { join } from "./joins.ts";
import { libraryMember } from "./library-members.ts";
import { modelOf } from "./models.ts";
import { exportedValue, settled } from "./modules.ts";
import { propertyNames } from "./names.ts";
import { childModule, entriesIn, libraryModule } from "./python.ts";
import { fewEntries } from "./dispatch-roots.ts";
import { decoratedMember } from "./decorated.ts";
import { note } from "./operation.ts";
import { pieceOf } from "./python-lists.ts";
import { managerByName } from "./row-shapes.ts";
import { itemOfQuery } from "./row-uses.ts";
import { memberOfRows } from "./row-members.ts";
import { serializerMember } from "./serializers.ts";
import { isQuery, isRow } from "./row-results.ts";
import { modelInFolder } from "./folder-models.ts";
import { depsOfReading } from "./property-deps.ts";
import { exportMember, packageMember, readPlain } from "./types.ts";
import { addReader } from "./readers.ts";
import type { Reader } from "./readers.ts";
import type { HeapObject, Origin, Value } from "./value.ts";
import { scalar, undefinedValue, unknown, unknownFrom, valueOf, wholeRows, withDeps } from "./value.ts";

export interface Spot {
  readonly at: number;
  readonly end?: number;
}

export function readMember(act: Activation, object: Value, e: MemberExpression, computed: Value | undefined): Value {
  const item = e.subscript === true ? itemOfQuery(act, object, e) : undefined;
  if (item !== undefined) return item;
  const piece = e.computed?.kind === "slice" ? pieceOf(act, object, e.computed, e) : undefined;
  if (piece !== undefined) return piece;
  if (e.name !== "") {
    const value = readNamed(act, object, e.name, e);
    return value.what.length > 0 ? value : withDeps(heldByFolder(act, e) ?? value, value.deps, value.key);
  }
  const names = computed === undefined ? undefined : propertyNames(computed);
  if (names !== undefined) {
    let out: Value | undefined;
    for (const name of names) {
      const value = readNamed(act, object, name, e);
      out = out === undefined ? value : join(out, value);
    }
    return withDeps(out ?? unknown, computed?.deps ?? []);
  }
  // An unknown name: elements of lists and maps; of an object at most eight things that were put there.
  let out: Value | undefined;
  for (const origin of object.what) {
    let found: Value | undefined;
    if (origin.kind === "array") {
      found = origin.element;
      // `rows[i]`: they are gone through by number.
      note(act.world.operations.get(wholeRows(origin)?.id ?? ""), "iterate", act.place(e));
    } else if (origin.kind === "map") found = origin.value;
    else if (origin.kind === "some") found = valueOf(origin);
    else if (origin.kind === "object") {
      found = origin.object.rest;
      // What computed writes put in is what such a read gives (`kept[name] ??= make()`).
      if (origin.object.props.size > fewEntries) found ??= valueOf({ kind: "some", object: origin.object });
      else for (const value of origin.object.props.values()) found = found === undefined ? value : join(found, value);
    }
    if (found !== undefined) out = out === undefined ? found : join(out, found);
  }
  const key = object.key !== undefined && computed?.key !== undefined ? `${object.key}[${computed.key}]` : undefined;
  return {
    what: out?.what ?? [],
    deps: join(unknownFrom(object.deps), { what: [], deps: [...(computed?.deps ?? [])], key: undefined }).deps,
    key,
  };
}

/** `app.models.users`, where nothing is known of what `models` holds. */
function heldByFolder(act: Activation, { object, name }: MemberExpression): Value | undefined {
  if (object.kind !== "member" || object.name === "" || act.unit.facts.language === "python") return undefined;
  return modelInFolder(act.world, act.unit, object.name, name);
}

export function readNamed(act: Activation, object: Value, name: string, spot: Spot): Value {
  const { what } = object;
  // `options?.deep` of options that were not given.
  if (what.length > 0 && what.every(isNothing)) return undefinedValue;
  let out: Value | undefined;
  for (let i = 0; i < what.length; i++) {
    const found = memberOf(act, what[i] as Origin, name, object, spot);
    if (found !== undefined) out = out === undefined ? found : join(out, found);
  }
  const key = object.key === undefined || object.key.length > 120 ? undefined : `${object.key}.${name}`;
  const deps = depsOfReading(object, name);
  if (out === undefined && object.what.length === 0 && act.unit.facts.language === "python") out = managerByName(act.world, name, deps);
  if (out === undefined) return deps.length === 0 && key === undefined ? unknown : { what: [], deps, key };
  return asRead(object, out, deps, key);
}

/** What a call passes in depends, inside the function, on the parameter's property alone. */
function asRead(object: Value, found: Value, deps: Value["deps"], key: string | undefined): Value {
  if (deps !== object.deps && found.deps === object.deps) return { what: found.what, deps, key: found.key ?? key };
  return withDeps(found, deps, found.key ?? key);
}

/** `f(*rest)`: each element of a list whose elements are known, as it would be read by itself. */
export function readElements(list: Value, elements: readonly Value[]): Value[] {
  return elements.map((element, i) => {
    const deps = depsOfReading(list, String(i));
    return deps === list.deps ? element : asRead(list, element, deps, element.key);
  });
}

/** `f(**options)`: each of the names that the dictionary holds, as it would be read by itself. */
export function readEntries(object: Value): [string, Value][] {
  return entriesIn(object).map(([name, value]) => [name, asRead(object, value, depsOfReading(object, name), value.key)]);
}

function isNothing(origin: Origin): boolean {
  return origin.kind === "const" && (origin.value === null || origin.value === undefined);
}

function memberOf(act: Activation, origin: Origin, name: string, object: Value, spot: Spot): Value | undefined {
  const { world } = act;
  switch (origin.kind) {
    case "object": {
      const value = readObject(origin.object, name, act.summary);
      if (value !== undefined && isAccount(value)) act.summary.asksAccount = true;
      return value === undefined && origin.object === act.world.globalObject ? globalValue(act, name) : value;
    }
    case "commonjs":
      return readNamed(act, settled(valueOf(origin)), name, spot);
    case "exports":
      if (name === "exports") return origin.unit.replaced ?? valueOf({ kind: "object", object: origin.unit.exports });
      return undefined;
    case "instance":
      return instanceMember(act, origin.ref, name, object, spot);
    case "class":
      return staticMember(act, origin.ref, name, object, spot);
    case "library": {
      if (origin.library.models !== undefined) {
        const found = memberOfRows(act, origin, name, object, spot);
        if (found !== undefined || isRow(origin) || isQuery(origin)) return found;
      }
      if (origin.model !== undefined && origin.library.types[origin.type]?.serializer !== undefined)
        return serializerMember(act, origin, name, object, spot);
      const model = modelOf(world, origin);
      if (model !== undefined && (findMember(world, model, name, false) !== undefined || fieldsOf(world, model, false).props.has(name)))
        return instanceMember(act, model, name, object, spot);
      return libraryMember(act, origin, name, object);
    }
    case "export": {
      const type = origin.spec.value ?? origin.spec.statics;
      if (type === undefined) return exportMember(origin, name);
      const found = libraryMember(
        act,
        {
          kind: "library",
          library: origin.library,
          type,
          // Models that the library itself brings are tables of their own name.
          table: origin.library.models?.statics === type ? origin.name : undefined,
          site: `export:${origin.name}`,
        },
        name,
        object,
      );
      if (found !== undefined) return found;
      return exportMember(origin, name);
    }
    case "package":
      return libraryModule(world, origin, name) ?? packageMember(world, origin, name);
    case "namespace":
      return exportedValue(world, origin.unit, name) ?? childModule(world, origin.unit, name);
    case "typed": {
      const value = readPlain(world, valueOf(origin), name);
      return value.what.length === 0 ? undefined : value;
    }
    case "builtin":
      return valueOf({ kind: "builtin", name: `${origin.name}.${name}` });
    case "row":
      if (origin.operation?.spec.count === true) return scalar(`count:${origin.operation.id}`, object.deps);
      note(world.operations.get(origin.operation?.id ?? ""), "member", act.place({ at: spot.at, end: spot.end ?? spot.at }));
      return undefined;
    case "closure": {
      const props = functionProps(act, origin);
      const value = props === undefined ? undefined : readObject(props, name, act.summary);
      return (
        value ??
        decoratedMember(act, origin, name) ??
        (name === "call" || name === "apply" || name === "bind" ? valueOf({ kind: "method", receiver: object, name }) : undefined)
      );
    }
    case "array":
    case "map":
    case "const":
    case "scalar":
      return arrayMember(act, origin, name, object, spot);
    case "promise":
    case "bound":
      return valueOf({ kind: "method", receiver: object, name });
    default:
      return undefined;
  }
}

export function readObject(object: HeapObject, name: string, reader: Reader): Value | undefined {
  const value = object.props.get(name);
  if (object.persistent) addReader((object.readers ??= new Map()), name, reader);
  const known = value ?? object.rest;
  if (known !== undefined) return object.persistent ? foreign(known) : known;
  return object.sealed === true && object.literal ? undefinedValue : undefined;
}

const propsOfFunctions = new WeakMap<object, Map<string, HeapObject>>();

/** Functions are objects too: `module.exports = function () {}; module.exports.helper = …`. */
export function functionProps(act: Activation, origin: Extract<Origin, { kind: "closure" }>, create = false): HeapObject | undefined {
  let map = propsOfFunctions.get(act.world);
  if (map === undefined) {
    map = new Map();
    propsOfFunctions.set(act.world, map);
  }
  const key = `${origin.unit.index}:${origin.fn}`;
  let object = map.get(key);
  if (object === undefined && create) {
    object = { id: act.world.nextId++, props: new Map(), rest: undefined, persistent: true, literal: false, readers: undefined };
    map.set(key, object);
  }
  return object;
}
