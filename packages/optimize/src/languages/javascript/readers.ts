/** The table of layout.ts as objects: for every kind of node, how each of its fields is read. */
import { enums, strides, structs, words } from "./layout.ts";

export type Op =
  | "bool"
  | "above1"
  | "true"
  | "null"
  | "init"
  | "in"
  | "this"
  | "number"
  | "text"
  | "string"
  | "quasi"
  | "regexp"
  | "constant"
  | "word"
  | "optionWord"
  | "enum"
  | "optionEnum"
  | "struct"
  | "optionStruct"
  | "box"
  | "optionBox"
  | "list"
  | "optionList"
  | "two"
  | "rest"
  | "params"
  | "annotated"
  | "optionAnnotated"
  | "shorthand";

export interface Reader {
  readonly op: Op;
  /** Kinds by discriminant; the one kind of structs and boxes. */
  readonly kinds: readonly (Kind | undefined)[];
  /** Discriminants whose node stands in place instead of behind a pointer. */
  readonly inline: readonly boolean[];
  readonly words: readonly string[];
  /** Readers of the elements of lists. */
  readonly first: Reader | undefined;
  readonly second: Reader | undefined;
  /** Bytes from one element to the next, when this reads elements. */
  readonly stride: number;
  /** Discriminant that stands for none. */
  readonly none: number;
}

export interface Kind {
  readonly type: string;
  /** Where the discriminant stands that tells the type; -1 when the kind has one type. */
  readonly typeAt: number;
  readonly types: readonly string[];
  /** By index of `fieldNames`. */
  readonly readers: (Reader | undefined)[];
  readonly offsets: number[];
}

/** Names of all fields that some kind has. */
export const fieldNames: string[] = [];

const kinds = new Map<string, Kind>();
const wordLists = new Map(words.map((line) => splitOnce(line, " ")).map(([name, list]) => [name, list.split(",")]));
const enumLists = new Map(enums.map((line) => splitOnce(line, " ")));
const strideOf = new Map(strides.split(" ").map((part) => part.split(":") as [string, string]));
const readers = new Map<string, Reader>();

const simple: Readonly<Record<string, Op>> = {
  Bool: "bool",
  Above1: "above1",
  True: "true",
  Null: "null",
  Init: "init",
  In: "in",
  This: "this",
  F64: "number",
  Text: "text",
  Str: "string",
  Quasi: "quasi",
  RegExp: "regexp",
  Params: "params",
  Shorthand: "shorthand",
};

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** The kind of that name in the layout. */
export function kindOf(name: string): Kind {
  const kind = kinds.get(name);
  if (kind === undefined) throw new Error(`no layout for ${name}`);
  return kind;
}

/** The reader that the layout spells: "Expression", "Vec:Argument", "OptionBox:FunctionBody". */
export function readerOf(name: string): Reader {
  const known = readers.get(name);
  if (known !== undefined) return known;
  const made = build(name);
  readers.set(name, made);
  return made;
}

function plain(name: string, op: Op, more: Partial<Reader> = {}): Reader {
  return {
    op,
    kinds: [],
    inline: [],
    words: [],
    first: undefined,
    second: undefined,
    stride: Number(strideOf.get(name) ?? 0),
    none: 255,
    ...more,
  };
}

function build(name: string): Reader {
  const parts = name.split(":");
  const [head, one, two] = [parts[0] ?? "", parts[1] ?? "", parts[2] ?? ""];
  switch (head) {
    case "Vec":
      return plain(name, "list", { first: readerOf(one) });
    case "OptionVec":
      return plain(name, "optionList", { first: readerOf(one) });
    case "Two":
      return plain(name, "two", { first: readerOf(one), second: readerOf(two) });
    case "Rest":
      return plain(name, "rest", { first: readerOf(one), second: readerOf(two) });
    case "Box":
      return plain(name, "box", { kinds: [kindOf(one)] });
    case "OptionBox":
      return plain(name, "optionBox", { kinds: [kindOf(one)] });
    case "Word":
      return plain(name, "constant", { words: [one] });
    case "Annotated":
      return plain(name, "annotated", choices("BindingPattern"));
    case "OptionAnnotated":
      return plain(name, "optionAnnotated", choices("BindingPattern"));
    default:
      return single(head);
  }
}

function single(name: string): Reader {
  const op = simple[name];
  if (op !== undefined) return plain(name, op);
  const list = wordLists.get(name);
  if (list !== undefined) return plain(name, "word", { words: list });
  if (enumLists.has(name)) return plain(name, "enum", choices(name));
  if (kinds.has(name)) return plain(name, "struct", { kinds: [kindOf(name)] });
  if (!name.startsWith("Option")) throw new Error(`no reader for ${name}`);
  const inner = name.slice(6);
  const innerWords = wordLists.get(inner);
  if (innerWords !== undefined) return plain(name, "optionWord", { words: innerWords });
  // The one enum whose free discriminant is not 255.
  if (enumLists.has(inner)) return plain(name, "optionEnum", { ...choices(inner), none: inner === "TSImportTypeQualifier" ? 2 : 255 });
  return plain(name, "optionStruct", { kinds: [kindOf(inner)] });
}

function choices(name: string): { kinds: (Kind | undefined)[]; inline: boolean[] } {
  const found: (Kind | undefined)[] = [];
  const inline: boolean[] = [];
  for (const part of (enumLists.get(name) ?? "").split(" ")) {
    const [code, target] = splitOnce(part, ":");
    inline[Number(code)] = !target.startsWith("*");
    found[Number(code)] = kindOf(target.replace("*", ""));
  }
  return { kinds: found, inline };
}

for (const line of structs) {
  const [name, rest] = splitOnce(line, " ");
  const [written] = splitOnce(rest, " ");
  const [type, at] = splitOnce(written, "@");
  const types = wordLists.get(type);
  kinds.set(name, {
    type: types?.[0] ?? type,
    typeAt: types === undefined ? -1 : Number(at),
    types: types ?? [],
    readers: [],
    offsets: [],
  });
}
for (const line of structs) {
  const [name, rest] = splitOnce(line, " ");
  const kind = kindOf(name);
  for (const field of rest.split(" ").slice(1)) {
    const [label, spelled] = splitOnce(field, "=");
    const [reader, offset] = splitOnce(spelled, "@");
    let index = fieldNames.indexOf(label);
    if (index === -1) index = fieldNames.push(label) - 1;
    kind.readers[index] = readerOf(reader);
    kind.offsets[index] = Number(offset);
  }
}
