/** What is said of relations that are read row by row: by their own names, and only what the data layer takes. */
import { expect, test } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";

async function adviceFor(files: Readonly<Record<string, string>>): Promise<string[]> {
  const { findings } = await analyzeSources(Object.entries(files).map(([file, text]) => ({ file, text })));
  return findings.filter(({ rule }) => rule.startsWith("db/n-plus-one")).map(({ message, advice }) => `${message} ${advice}`);
}

const django = (body: string) => ({
  "clinic/models.py": `from django.db import models

class Ward(models.Model):
    name = models.CharField(max_length=20)

class Patient(models.Model):
    ward = models.ForeignKey(Ward, on_delete=models.CASCADE, related_name="patients")
`,
  "clinic/urls.py": `from django.http import JsonResponse
from django.urls import path
from clinic.models import Ward

def show(request):
    return JsonResponse({"found": ${body}})

urlpatterns = [path("wards", show)]
`,
});

test.each([
  ["counted", "[ward.patients.count() for ward in Ward.objects.all()]", "annotate("],
  ["listed", "[[one.id for one in ward.patients.all()] for ward in Ward.objects.all()]", "prefetch_related("],
])("a relation to many that is %s is never joined", async (_, body, word) => {
  const [advice = ""] = await adviceFor(django(body));
  expect(advice).toContain(word);
  expect(advice).not.toContain("select_related(");
});

test("an association that a string names goes by that name", async () => {
  const [advice = ""] = await adviceFor({
    "src/app.ts": `import express from "express";
import { Model, Table, HasMany } from "sequelize-typescript";

@Table
class Line extends Model {}

@Table
class Order extends Model {
  @HasMany(() => Line) lines!: Line[];
}

express().get("/orders", async (_, res) => {
  const out = [];
  for (const order of await Order.findAll()) out.push(await order.$get("lines"));
  res.json(out);
});
`,
  });
  expect(advice).toContain("`lines`");
  expect(advice).not.toContain("$get`");
});

test("messages about Python say self", async () => {
  const [advice = ""] = await adviceFor({
    "shop/tasks.py": `import psycopg2
from celery import shared_task

class Store:
    def __init__(self):
        self.connection = psycopg2.connect("dbname=shop")

    def one(self, key):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT * FROM items WHERE id = %s", (key,))
            return cursor.fetchone()

    def all(self, keys):
        return [self.one(key) for key in keys]

@shared_task
def load(keys):
    return Store().all(keys)
`,
  });
  expect(advice).toContain("self.one");
  expect(advice).not.toContain("this.");
});

const pages = (view: string, methods = "") => ({
  "pages/models.py": `from django.db import models

class Page(models.Model):
    site = models.IntegerField()
    copy_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="copies")
${methods}
`,
  "pages/urls.py": `from django.http import JsonResponse
from django.urls import path
from pages.models import Page

${view}

urlpatterns = [path("pages/<int:pk>", show)]
`,
});

test("a chain that is walked for each row is said of the rows, and not of the walk too", async () => {
  const found = await adviceFor(
    pages(`def show(request, pk):
    seen = set()
    def add(page):
        if page.copy_of:
            add(page.copy_of)
        else:
            seen.add(page.id)
    for page in Page.objects.filter(site=pk):
        add(page)
    return JsonResponse({"seen": list(seen)})`),
  );
  expect(found).toHaveLength(1);
  expect(found[0]).toContain("reads `copy_of`");
});

test("rows that lead to more of their kind are said by that name, and not to any depth", async () => {
  const found = await adviceFor(
    pages(
      `def show(request, pk):
    Page.objects.get(pk=pk).withdraw()
    return JsonResponse({})`,
      `
    def withdraw(self):
        self.save()
        for copy in self.copies.all():
            copy.withdraw()`,
    ),
  );
  expect(found.some((text) => text.includes("reads `copies`"))).toBe(true);
  for (const text of found) expect(text).not.toContain("copies.copies.copies");
});
