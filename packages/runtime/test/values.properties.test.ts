import { isDeepStrictEqual } from "node:util";
import { expect, it } from "vitest";
import { decode, encode } from "../src/codec.ts";
import { globLiteral, globPattern } from "../src/glob.ts";
import { createHistogram, quantile, record, summaryOf } from "../src/histogram.ts";
import { createLru } from "../src/lru.ts";
import { createObjectPool } from "../src/object-pool.ts";
import { statementName, statementShape } from "../src/statement-shape.ts";
import { forSeeds, type Random } from "./seeded.ts";

const words = ["", "a", "$type", "__proto__", "constructor", "v", "d", "x:y", "ключ", "\u2028"];

function anything(random: Random, depth: number): unknown {
  const kinds = depth > 0 ? 14 : 9;
  const some = () => Array.from({ length: random.below(4) }, () => anything(random, depth - 1));
  switch (random.below(kinds)) {
    case 0:
      return null;
    case 1:
      return random.pick(words);
    case 2:
      return random.pick([0, -1.5, 1e21]);
    case 3:
      return BigInt(random.below(1e9)) ** 5n;
    case 4:
      return new Date(random.pick([0, 1e12, -1]));
    case 5:
      return random.chance(0.5);
    case 6:
      return "d";
    case 7:
      return random.below(1000);
    case 8:
      return "text";
    case 9:
      return some();
    case 10:
      return new Map(some().map((value, index) => [random.pick<unknown>([index, "key", { deep: 1 }]), value]));
    case 11:
      return new Set(some());
    default: {
      const object = {};
      for (const value of some())
        Object.defineProperty(object, random.pick(words), { value, enumerable: true, writable: true, configurable: true });
      return object;
    }
  }
}

it("decodes what it encoded, at any depth and with any names", async () => {
  await forSeeds(500, (random) => {
    const value = anything(random, 4);
    expect(isDeepStrictEqual(decode(encode(value, "mark-1"), "mark-1"), value)).toBe(true);
  });
});

it("keeps a date that is none", () => {
  expect(decode(encode([new Date(NaN)], "mark-1"), "mark-1")).toEqual([new Date(NaN)]);
});

it("cannot be led astray by what is in the value", () => {
  const value = JSON.parse('{"mark-1":"m","v":5,"__proto__":{"polluted":true}}') as object;
  expect(decode(encode(value, "mark-2"), "mark-2")).toEqual(value);
  expect(({} as { polluted?: boolean }).polluted).toBe(undefined);
});

/** The matching of Redis, letter by letter. */
function matches(glob: string, text: string): boolean {
  if (glob === "") return text === "";
  if (glob[0] === "*") return matches(glob.slice(1), text) || (text !== "" && matches(glob, text.slice(1)));
  if (text === "") return false;
  if (glob[0] === "?") return matches(glob.slice(1), text.slice(1));
  if (glob[0] === "\\" && glob.length > 1) return glob[1] === text[0] && matches(glob.slice(2), text.slice(1));
  return glob[0] === text[0] && matches(glob.slice(1), text.slice(1));
}

it("matches patterns as Redis does", async () => {
  const letters = ["a", "b", "*", "?", "\\", ".", "+", "(", "|", "\n", "{"];
  await forSeeds(3000, (random) => {
    const make = (length: number) => Array.from({ length: random.below(length) }, () => random.pick(letters)).join("");
    const [glob, text] = [make(6).replace(/\\$/, ""), make(6)];
    expect(globPattern(glob).test(text), `${JSON.stringify(glob)} on ${JSON.stringify(text)}`).toBe(matches(glob, text));
    expect(globPattern(globLiteral(text)).test(text)).toBe(true);
  });
  for (const [glob, yes, no] of [
    ["h[ae]llo", "hallo", "hillo"],
    ["h[^e]llo", "hallo", "hello"],
    ["h[a-b]llo", "hbllo", "hcllo"],
  ] as const)
    expect([globPattern(glob).test(yes), globPattern(glob).test(no)]).toEqual([true, false]);
});

it("finds quantiles within 3 % over any distribution, in memory that does not grow", async () => {
  await forSeeds(50, (random) => {
    const of = createHistogram([0.1, 1]);
    const scale = 10 ** (random.below(9) - 4);
    const values = Array.from({ length: 1 + random.below(2000) }, () => scale * Math.exp(6 * random.next()));
    for (const value of values) record(of, value);
    values.sort((a, b) => a - b);
    for (const q of [0.5, 0.95, 0.99]) {
      const right = values[Math.ceil(q * values.length) - 1] ?? NaN;
      expect(Math.abs((quantile(of, q) ?? NaN) / right - 1)).toBeLessThan(0.03);
    }
    const { count, sum, min, max } = summaryOf(of);
    expect([count, min, max]).toEqual([values.length, values[0], values.at(-1)]);
    expect(sum).toBeCloseTo(
      values.reduce((total, value) => total + value, 0),
      3,
    );
    expect(of.bounded[0]).toBe(values.filter((value) => value <= 0.1).length);
    expect(of.buckets.length).toBe(createHistogram().buckets.length);
  });
});

it("counts what is strange, and leaves out what is no number", () => {
  const of = createHistogram([1]);
  for (const value of [0, -5, 1e-12, 1e15, NaN, Infinity]) record(of, value);
  expect(of.count).toBe(4);
  expect(summaryOf(of)).toMatchObject({ min: 0, max: 1e15 });
  expect(summaryOf(createHistogram())).toEqual({ count: 0, sum: 0, mean: 0, min: 0, max: 0, p50: 0, p95: 0, p99: 0 });
});

it("keeps the most recently used", async () => {
  await forSeeds(100, (random) => {
    const max = 1 + random.below(5);
    const lru = createLru<number, number>(max);
    let recent: number[] = [];
    for (let step = 0; step < 100; step += 1) {
      const key = random.below(8);
      const known = recent.includes(key);
      if (random.chance(0.5)) {
        expect(lru.get(key)).toBe(known ? key : undefined);
        if (!known) continue;
      } else lru.set(key, key);
      recent = [...recent.filter((one) => one !== key), key].slice(-max);
    }
    expect([...lru.entries()].map(([key]) => key)).toEqual(recent);
  });
});

it("never hands an object to two at once", async () => {
  await forSeeds(100, (random) => {
    const pool = createObjectPool({ create: () => ({}), max: 3, validate: () => random.chance(0.8) });
    const held = new Set<object>();
    for (let step = 0; step < 200; step += 1) {
      if (held.size === 0 || random.chance(0.5)) {
        const object = pool.acquire();
        expect(held.has(object)).toBe(false);
        held.add(object);
      } else {
        const object = random.pick([...held]);
        held.delete(object);
        pool.release(object);
        expect(pool.idle).toBeLessThanOrEqual(3);
      }
    }
  });
});

it("leaves no value in the shape of a statement", async () => {
  const secrets = [
    "'geheim'",
    "'it''s geheim'",
    "'geheim\\'s'",
    "E'geheim'",
    "$$geheim$$",
    "$tag$geheim's$tag$",
    '"geheim"',
    "4111",
    "-41.11",
    "4111e+5",
    "0x4111ff",
  ];
  const frames = [
    (value: string) => `select id from users where email = ${value}`,
    (value: string) => `update users set token=${value}, age = 3 where id in (${value}, ${value})`,
    (value: string) => `insert into users values (${value})`,
    (value: string) => `select * from t where a between ${value} and ${value} /* ${value} */ -- ${value}`,
    (value: string) => `select case when a then ${value} else ${value} end from t`,
  ];
  await forSeeds(500, (random) => {
    const statement = random.pick(frames)(random.pick(secrets));
    expect(statementShape(statement), statement).not.toMatch(/geheim|4111/);
  });
  expect(statementShape("select * from users where email = 'geheim")).toBe("select * from users where email = ?");
  expect(statementShape('select "order"."id", a1 from "order" where a1 = $1 and b in ($2, $3)')).toBe(
    'select "order"."id", a1 from "order" where a1 = $1 and b in (?)',
  );
  expect(statementName("with a as (select 1 from x) select * from a")).toEqual(["select", "x"]);
  expect(statementName('INSERT INTO "Orders" (id) values (?)')).toEqual(["insert", "orders"]);
});
