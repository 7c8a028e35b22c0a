/** Statements of a database driver, timed where the program sends them. */
import { observed } from "./waiting.ts";

/** Of anything with `query` or `execute` as pg and mysql2 have them: a client, a pool, a connection. */
type Driver = Record<string, unknown>;

/** Told when a statement has ended. */
export type OnStatement = (text: string, seconds: number, error: unknown) => void;

const names = ["query", "execute"];

/** Wraps the driver's methods until what it gives is called. */
export function watchStatements(given: object, done: OnStatement): () => void {
  const driver = given as Driver;
  const restore: (() => void)[] = [];
  for (const name of names) {
    const original = driver[name];
    if (typeof original !== "function") continue;
    const own = Object.hasOwn(driver, name);
    const wrapped = timed(original as (...args: unknown[]) => unknown, done);
    driver[name] = wrapped;
    restore.push(() => {
      // Somebody may have wrapped it again since.
      if (driver[name] !== wrapped) return;
      if (own) driver[name] = original;
      else delete driver[name];
    });
  }
  if (restore.length === 0) throw new TypeError("no query or execute to watch");
  return () => restore.forEach((one) => one());
}

function timed(original: (...args: unknown[]) => unknown, done: OnStatement): (...args: unknown[]) => unknown {
  return function (this: unknown, ...args: unknown[]): unknown {
    const text = textOf(args[0]);
    if (text === undefined) return original.apply(this, args);
    const begun = performance.now();
    const ended = (error: unknown) => done(text, (performance.now() - begun) / 1000, error);
    const last = args.at(-1);
    if (typeof last !== "function") {
      const result = original.apply(this, args);
      // What is read as events or by a cursor has not ended, and does not say when it has.
      if (!(result instanceof Promise)) return result;
      return observed(
        () => result,
        (_, error) => ended(error),
      );
    }
    args[args.length - 1] = function (this: unknown, ...answer: unknown[]) {
      ended(answer[0]);
      return last.apply(this, answer);
    };
    return original.apply(this, args);
  };
}

function textOf(statement: unknown): string | undefined {
  const { text, sql } = (statement ?? {}) as { text?: unknown; sql?: unknown };
  return [statement, text, sql].find((one) => typeof one === "string");
}
