/** Templates over rows of Django: what they read of each row is read as any program reads it. */
import { expect, test } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import { models } from "./django-rows.ts";

/** What the template asks for each row: path or method of the relation, and the line of the loop's read. */
async function reads(query: string, template: string, more: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const { project, failures } = await analyzeSources(
    Object.entries({
      "library/__init__.py": "",
      "library/models.py": models,
      "library/views.py": `from django.shortcuts import render
from library.models import Book, Author

def books(request):
    rows = ${query}
    return render(request, "library/list.html", {"rows": rows})
`,
      "library/urls.py": `from django.urls import path
from library import views

urlpatterns = [path("books", views.books)]
`,
      "library/templates/library/list.html": template,
      ...more,
    }).map(([file, text]) => ({ file, text })),
  );
  expect(failures).toEqual([]);
  const found = project.looped
    .filter((one) => one.operation.kind.startsWith("db-") && one.relation === "element")
    .map(({ operation, site }) => `${operation.relationPath ?? operation.method} ${site.file.split("/").at(-1)}:${site.line}`);
  return [...new Set(found)].sort();
}

test("a relation that is read for each row", async () => {
  expect(await reads("Book.objects.all()", "{% for row in rows %}\n{{ row.author.name }}\n{% endfor %}")).toEqual(["author list.html:2"]);
});

test("a relation that came with the rows", async () => {
  expect(await reads('Book.objects.select_related("author")', "{% for row in rows %}{{ row.author.name }}{% endfor %}")).toEqual([]);
});

test("a column of the relation that the row itself has", async () => {
  expect(await reads("Book.objects.all()", "{% for row in rows %}{{ row.author_id }}{{ row.title }}{% endfor %}")).toEqual([]);
});

test("many rows behind each row", async () => {
  const template = "{% for row in rows %}\n{% for tag in row.tags.all %}{{ tag.name }}{% endfor %}{% endfor %}";
  expect(await reads("Book.objects.all()", template)).toEqual(["tags list.html:2"]);
  expect(await reads('Book.objects.prefetch_related("tags")', template)).toEqual([]);
});

test("a method and a property of the model", async () => {
  expect(await reads("Author.objects.all()", "{% for a in rows %}\n{{ a.label }}{% endfor %}")).toEqual(["profile list.html:2"]);
  expect(await reads('Author.objects.select_related("profile")', "{% for a in rows %}{{ a.text }}{{ a.label }}{% endfor %}")).toEqual([]);
});

test("a choice, a test of each row, and a row that is only passed on", async () => {
  expect(await reads("Book.objects.all()", "{% for row in rows %}{% if row.author.name %}x{% endif %}{% endfor %}")).toEqual([
    "author list.html:1",
  ]);
  expect(await reads("Book.objects.all()", "{% for row in rows if row.author.name %}\nx{% endfor %}")).toEqual(["author list.html:1"]);
  expect(await reads("Book.objects.all()", '{% for row in rows %}{% include "library/row.html" %}{% endfor %}')).toEqual([]);
});

test("an included template", async () => {
  expect(
    await reads("Book.objects.all()", '{% for row in rows %}\n{% include "library/row.html" with book=row only %}{% endfor %}', {
      "library/templates/library/row.html": "\n\n{{ book.author }}{{ row.tags.all }}",
    }),
  ).toEqual(["author list.html:2"]);
});

test("what a library's tag stands around is put out, and its `else` is no end of the loop", async () => {
  const template = "{% load flags %}{% for row in rows %}{% flag x %}{{ row.title }}{% else %}\n{{ row.author }}{% endflag %}{% endfor %}";
  expect(await reads("Book.objects.all()", template)).toEqual(["author list.html:2"]);
});

test("lists that are counted or asked before they are put out are read once", async () => {
  const template = "{% if rows %}{{ rows|length }}{% for row in rows %}{{ row.title }}{% endfor %}{% endif %}";
  expect(await reads("Book.objects.all()", template)).toEqual([]);
});

test("a list that a template groups, sorts or cuts keeps its rows", async () => {
  for (const list of ["rows|dictsort:'title'", "rows|slice:':50'"])
    expect(await reads("Book.objects.all()", `{% for row in ${list} %}\n{{ row.author.name }}{% endfor %}`)).toEqual([
      "author list.html:2",
    ]);
  const grouped =
    "{% regroup rows by title as groups %}{% for g in groups %}{% for row in g.list %}\n{{ row.author }}{% endfor %}{% endfor %}";
  expect(await reads("Book.objects.all()", grouped)).toEqual(["author list.html:2"]);
});
