/** Classes of Python: where a member is looked for, `super()`, what instances have of their class. */
import { expect, it } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";

/** Costs of the entries of one file, by name. */
async function costs(text: string): Promise<Record<string, unknown>> {
  const { project } = await analyzeSources([{ file: "app.py", text }]);
  return Object.fromEntries(project.entries.map((entry) => [entry.name, entry.cost.reads?.min.get("") ?? 0]));
}

const head = `
import psycopg
from flask import Flask
app = Flask(__name__)
connection = psycopg.connect("")
def ask():
    connection.execute("SELECT 1 FROM orders")
`;

it("a base comes after everything that extends it", async () => {
  const text = `${head}
class Base:
    def load(self):
        pass
class Mixin(Base):
    pass
class Rows(Base):
    def load(self):
        ask()
class Page(Mixin, Rows):
    pass
@app.get("/page")
def page():
    Page().load()
`;
  expect(await costs(text)).toEqual({ "GET /page": 1 });
});

it("super goes on in the order of the instance's class", async () => {
  const text = `${head}
class Rows:
    def load(self):
        ask()
class Mixin:
    def load(self):
        return super().load()
class Page(Mixin, Rows):
    def load(self):
        super().load()
        return super().load()
@app.get("/page")
def page():
    Page().load()
`;
  expect(await costs(text)).toEqual({ "GET /page": 2 });
});

it("an instance has what its class has; methods of the class get the class", async () => {
  const text = `${head}
class Source:
    def load(self):
        ask()
class Page:
    source = Source()
    @classmethod
    def make(cls):
        return cls()
    def load(self):
        self.source.load()
@app.get("/page")
def page():
    Page.make().load()
`;
  expect(await costs(text)).toEqual({ "GET /page": 1 });
});

it("a constructor above is called once, wherever it stands", async () => {
  const text = `${head}
class Base:
    def __init__(self):
        ask()
class Middle(Base):
    pass
class Page(Middle):
    def __init__(self):
        super().__init__()
        self.name = super().__class__
@app.get("/page")
def page():
    Page()
`;
  expect(await costs(text)).toEqual({ "GET /page": 1 });
});

it("modules that import one name from each other end", async () => {
  const { project, failures } = await analyzeSources([
    { file: "a.py", text: "from b import thing\nthing()\n" },
    { file: "b.py", text: "from a import thing\nthing()\n" },
  ]);
  expect(failures).toEqual([]);
  expect(project.entries).toEqual([]);
});
