/** Services whose templates do the work, through the whole analysis: what a template asks for each row of what it was given. */
import { expect, test } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";

async function looped(files: Readonly<Record<string, string>>): Promise<string[]> {
  const analysis = await analyzeSources(Object.entries(files).map(([file, text]) => ({ file, text })));
  return analysis.project.looped.map(
    ({ operation, site, relation }) => `${relation} ${site.file}:${site.line} -> ${operation.place.file}:${operation.place.line}`,
  );
}

const repository = `import psycopg2
from shop.app import app

connection = psycopg2.connect("dbname=shop")

def rows(sql, *args):
    with connection.cursor() as cursor:
        cursor.execute(sql, args)
        return cursor.fetchall()

class Order:
    def __init__(self, row):
        self.row = row

    def lines(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM lines WHERE order_id = %s", (self.row["id"],))
            return cursor.fetchall()

def orders():
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, total FROM orders")
        return [Order(row) for row in cursor.fetchall()]
`;

const flask = (template: string, more: Readonly<Record<string, string>> = {}) => ({
  "shop/__init__.py": "",
  "shop/app.py": `from flask import Flask
app = Flask(__name__)
`,
  "shop/repository.py": repository,
  "shop/views.py": `from flask import render_template
from shop.app import app
from shop.repository import orders

@app.route("/orders")
def list_orders():
    return render_template("orders/list.html", orders=orders(), title="All")
`,
  "shop/templates/orders/list.html": template,
  ...more,
});

test("a method that asks, called in a loop of a template", async () => {
  const found = await looped(
    flask(
      `{% extends "base.html" %}
{% block body %}
  {% for order in orders %}
    {{ order.lines() | length }}
  {% endfor %}
{% endblock %}`,
      { "shop/templates/base.html": "<h1>{{ title }}</h1>{% block body %}{% endblock %}" },
    ),
  );
  expect(found).toContain("element shop/templates/orders/list.html:4 -> shop/repository.py:17");
});

test("through an included template, with a name of its own", async () => {
  const found = await looped(
    flask(`{% for order in orders %}{% include "orders/row.html" %}{% endfor %}`, {
      "shop/templates/orders/row.html": "<td>\n{% for line in order.lines %}{{ line }}{% endfor %}</td>",
    }),
  );
  expect(found).toContain("element shop/templates/orders/list.html:1 -> shop/repository.py:17");
});

test("a template that only reads what it was given asks nothing", async () => {
  expect(await looped(flask(`{% for order in orders %}{{ order.row.total }}{% else %}none{% endfor %}`))).toEqual([]);
});

test("a block that another template fills is not put out", async () => {
  const found = await looped(
    flask(`{% extends "base.html" %}{% block body %}nothing{% endblock %}`, {
      "shop/templates/base.html": "{% block body %}{% for order in orders %}{{ order.lines() }}{% endfor %}{% endblock %}",
    }),
  );
  expect(found).toEqual([]);
});

test("a block puts out the one above it where it says so", async () => {
  const found = await looped(
    flask(`{% extends "base.html" %}{% block body %}more {{ super() }}{% endblock %}`, {
      "shop/templates/base.html": "{% block body %}{% for order in orders %}{{ order.lines() }}{% endfor %}{% endblock %}",
    }),
  );
  expect(found).toContain("element shop/templates/base.html:1 -> shop/repository.py:17");
});

test("macros of another file", async () => {
  const found = await looped(
    flask(
      `{% from "macros.html" import row %}
{% for order in orders %}
{{ row(order) }}
{% endfor %}`,
      { "shop/templates/macros.html": "{% macro row(order, wide=false) %}{{ order.lines()|join(', ') }}{% endmacro %}" },
    ),
  );
  expect(found).toContain("element shop/templates/orders/list.html:3 -> shop/repository.py:17");
});

test.each([
  ["a filter of the application", "{{ order|lines_of }}"],
  ["a filter with a name of its own", "{{ order|asked }}"],
  ["a function that every template has", "{{ lines_for(order) }}"],
  ["a function of the context of every template", "{{ lines_in(order) }}"],
])("%s", async (_, said) => {
  const found = await looped(
    flask(`{% for order in orders %}\n${said}\n{% endfor %}`, {
      "shop/app.py": `from flask import Flask
app = Flask(__name__)

@app.template_filter()
def lines_of(order):
    return order.lines()

@app.template_filter("asked")
def other(order):
    return order.lines()

@app.template_global()
def lines_for(order):
    return order.lines()

@app.context_processor
def common():
    def lines_in(order):
        return order.lines()
    return {"lines_in": lines_in, "year": 2024}
`,
    }),
  );
  expect(found).toContain("element shop/templates/orders/list.html:2 -> shop/repository.py:17");
});

const django = (template: string) => ({
  "shop/__init__.py": "",
  "shop/app.py": "app = 1\n",
  "shop/repository.py": repository,
  "shop/templatetags/prices.py": `from django import template
from shop.repository import orders

register = template.Library()

@register.filter
def lines_of(order):
    return order.lines()

@register.simple_tag(takes_context=True)
def first_line(context, order):
    return order.lines()[0]

@register.inclusion_tag("parts/order.html")
def show(order, wide=False):
    return {"shown": order, "lines": order.lines() if wide else []}
`,
  "shop/templates/parts/order.html": "{{ shown.lines }}",
  "shop/views.py": `from celery import shared_task
from django.template.loader import render_to_string
from shop.repository import orders

@shared_task
def send():
    return render_to_string("list.txt", {"orders": orders(), "x": 1})
`,
  "shop/templates/list.txt": template,
});

test.each([
  ["a method without parentheses", "{% for order in orders %}\n{{ order.lines }}\n{% endfor %}", 2],
  ["a filter of the project", "{% load prices %}{% for order in orders %}\n{{ order|lines_of }}\n{% endfor %}", 2],
  ["a tag of the project", "{% load prices %}{% for order in orders %}\n{% first_line order as line %}{{ line }}\n{% endfor %}", 2],
  ["a tag with a template", "{% load prices %}\n{% for order in orders %}\n\n{% show order wide=False %}\n{% endfor %}", 4],
  ["names that are bound on the way", "{% for order in orders %}{% with o=order %}\n{{ o.lines|length }}{% endwith %}{% endfor %}", 2],
])("%s", async (_, template, line) => {
  expect((await looped(django(template))).map((one) => one.replace(/ -> .*/, ""))).toContain(`element shop/templates/list.txt:${line}`);
});
