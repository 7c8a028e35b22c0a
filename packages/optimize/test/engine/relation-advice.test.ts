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
