/** Packages whose calls register how requests and jobs enter. */
import type { Library, MethodSpec } from "../../../model/library.ts";
import { frameworks } from "../index.ts";

let known: ReadonlySet<string> | undefined;

/** The package of JavaScript is a framework on which a program registers its entries. */
export function isEntered(name: string): boolean {
  known ??= new Set(frameworks.filter((one) => one.language === undefined && registers(one)).flatMap((one) => one.packages));
  return known.has(name);
}

function registers({ types }: Library): boolean {
  return Object.values(types).some((type) =>
    [type.call, type.construct, ...Object.values(type.members ?? {})].some(
      (member: MethodSpec | string | undefined) => typeof member === "object" && member.registers !== undefined,
    ),
  );
}
