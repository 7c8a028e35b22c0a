/** A small service of Flask and psycopg through the whole analysis: parsing, imports, libraries, routes, findings. */
import { beforeAll, expect, test } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import type { Analysis } from "../../src/engine/analyze.ts";

const files: Readonly<Record<string, string>> = {
  "shop/__init__.py": `from flask import Flask
from shop.views import orders

def create_app():
    app = Flask(__name__)
    app.register_blueprint(orders)
    return app
`,
  "shop/views.py": `from flask import Blueprint, jsonify
from . import report
from .repository import all_orders, items_of_all

orders = Blueprint("orders", __name__)

@orders.route("/orders")
def list_orders():
    return jsonify(report.build(all_orders()))

@orders.route("/orders/fast", methods=["POST"])
def fast():
    rows = all_orders()
    return jsonify(items_of_all([row["id"] for row in rows]))
`,
  "shop/report.py": `from shop import repository

def build(rows):
    out = []
    for row in rows:
        out.append(repository.items_of(order_id=row["id"]))
    return out
`,
  "shop/repository.py": `import psycopg2

connection = psycopg2.connect("dbname=shop")

def all_orders():
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, total FROM orders")
        return cursor.fetchall()

def items_of(order_id):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM items WHERE order_id = %s", (order_id,))
        return cursor.fetchall()

def items_of_all(ids):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM items WHERE order_id = ANY(%s)", (ids,))
        return cursor.fetchall()
`,
};

let analysis: Analysis;

beforeAll(async () => {
  analysis = await analyzeSources(Object.entries(files).map(([file, text]) => ({ file, text })));
});

test("a query in a loop two files away is found with its path and its route", () => {
  const likely = analysis.findings.filter((finding) => finding.tier !== "candidate");
  expect(likely.map(({ rule, site, routes }) => `${rule} ${site.file}:${site.line} ${routes.join()}`)).toEqual([
    "db/n-plus-one shop/report.py:6 GET /orders",
  ]);
  expect(likely[0]?.related.map(({ file, line }) => `${file}:${line}`)).toEqual(["shop/report.py:5", "shop/repository.py:12"]);
  expect(likely[0]?.impact).toMatchObject({ formula: "GET /orders = 1 + orders queries" });
});

test("routes are named by decorator and method", () => {
  expect(analysis.project.entries.map((entry) => entry.name)).toEqual(["GET /orders", "POST /orders/fast"]);
});

test("Python and JavaScript do not answer for each other", async () => {
  const { project } = await analyzeSources([
    {
      file: "a.ts",
      text: `import { connect } from "psycopg2";\nexport const read = () => connect("x").cursor().execute("SELECT * FROM orders");\n`,
    },
    { file: "b.py", text: `import pg\n\ndef read(statement):\n    return pg.Pool().query(statement)\n` },
  ]);
  expect(project.operations).toEqual([]);
});

test("a limit that is given by name is seen", async () => {
  const text = `import requests\n\ndef read():\n    requests.get("https://example.test/a")\n    requests.get("https://example.test/b", timeout=3)\n`;
  const { project } = await analyzeSources([{ file: "a.py", text }]);
  expect(project.operations.map((one) => [one.place.line, one.timeout])).toEqual([
    [4, false],
    [5, true],
  ]);
});

test("modules that import everything from each other", async () => {
  const { failures } = await analyzeSources([
    { file: "shop/__init__.py", text: "from .a import *\nfrom .b import *\n" },
    { file: "shop/a.py", text: "from . import *\nfrom .b import missing, there\n\ndef here():\n    return there()\n" },
    { file: "shop/b.py", text: "from .a import *\nfrom shop import missing, here\n\ndef there():\n    return missing() + here()\n" },
  ]);
  expect(failures).toEqual([]);
});
