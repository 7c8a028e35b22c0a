/** Serializers of Django REST framework: what is read of each row that a view shows. */
import { expect, it } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import { costsOf } from "./python-costs.ts";

const models = `
from django.db import models
class Country(models.Model):
    name = models.CharField(max_length=9)
class Author(models.Model):
    name = models.CharField(max_length=9)
    country = models.ForeignKey(Country, on_delete=models.CASCADE)
    def __str__(self):
        return self.country.name
class Tag(models.Model):
    name = models.CharField(max_length=9)
class Book(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")
    tags = models.ManyToManyField(Tag)
    title = models.CharField(max_length=9)
    @property
    def author_name(self):
        return self.author.name
`;

function project(serializer: string, view: string): Record<string, string> {
  return {
    "manage.py": "",
    "shop/__init__.py": "",
    "shop/models.py": models,
    "shop/serializers.py": `from rest_framework import serializers\nfrom .models import Author, Book\n${serializer}`,
    "shop/views.py": `
from rest_framework import generics, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response
from .models import Book
from .serializers import BookSerializer
${view}
`,
    "shop/urls.py": `
from django.urls import include, path
from rest_framework.routers import DefaultRouter
from . import views
router = DefaultRouter()
router.register("books", views.Books)
urlpatterns = [path("api/", include(router.urls))]
`,
  };
}

const rows = (queryset: string): string => `
class Books(viewsets.ReadOnlyModelViewSet):
    queryset = ${queryset}
    serializer_class = BookSerializer
`;
const shown = (fields: string, more = ""): string =>
  `class BookSerializer(serializers.ModelSerializer):\n${more}    class Meta:\n        model = Book\n        fields = ${fields}\n`;
const list = async (serializer: string, queryset = "Book.objects.all()"): Promise<string | undefined> =>
  (await costsOf(project(serializer, rows(queryset))))["GET /api/books/"];

it("columns, and keys of related rows, are read with the row", async () => {
  expect(await list(shown('["id", "title", "author"]'))).toBe("1");
  expect(await list(shown('["author"]', "    author = serializers.PrimaryKeyRelatedField(read_only=True)\n"))).toBe("1");
  expect(await list(shown('["title"]', '    secret = serializers.CharField(source="author.name", write_only=True)\n'))).toBe("1");
});

it("sources, properties, methods, texts and nested serializers read relations row by row", async () => {
  const one = "1 + book";
  expect(await list(shown('["name"]', '    name = serializers.CharField(source="author.name")\n'))).toBe(one);
  expect(await list(shown('["id", "author_name"]'))).toBe(one);
  expect(
    await list(
      shown('["who"]', "    who = serializers.SerializerMethodField()\n    def get_who(self, book):\n        return book.author.name\n"),
    ),
  ).toBe(one);
  expect(await list(shown('["author"]', '    author = serializers.SlugRelatedField(slug_field="name", read_only=True)\n'))).toBe(one);
  expect(await list(shown('["author"]', "    author = serializers.StringRelatedField()\n"))).toBe("1 + 2 book");
  expect(await list(shown('"__all__"'))).toBe(one);
  const author =
    'class AuthorSerializer(serializers.ModelSerializer):\n    class Meta:\n        model = Author\n        fields = ["name"]\n';
  expect(await list(author + shown('["author"]', "    author = AuthorSerializer()\n"))).toBe(one);
});

it("what came with the rows is not read again", async () => {
  const name = shown('["name"]', '    name = serializers.CharField(source="author.name")\n');
  expect(await list(name, 'Book.objects.select_related("author")')).toBe("1");
  const twice = shown(
    '["name", "land"]',
    '    name = serializers.CharField(source="author.name")\n    land = serializers.CharField(source="author.country.name")\n',
  );
  expect(await list(twice)).toBe("1 + 2 book");
  expect(await list(twice, 'Book.objects.select_related("author__country")')).toBe("1");
});

it("the action decides what the view asks", async () => {
  const view = `
class Books(viewsets.ModelViewSet):
    queryset = Book.objects.all()
    serializer_class = BookSerializer
    def get_queryset(self):
        rows = super().get_queryset()
        if self.action == "list":
            return rows.select_related("author")
        return rows
    @action(detail=True, methods=["post"], url_path="read-it")
    def read(self, request, pk=None):
        self.get_object().save()
        return Response()
`;
  expect(await costsOf(project(shown('["name"]', '    name = serializers.CharField(source="author.name")\n'), view))).toMatchObject({
    "GET /api/books/": "1",
    "GET /api/books/<pk>/": "2",
    "POST /api/books/<pk>/read-it/": "1",
  });
});

it("a finding stands where the rows are asked for, in the project's own places", async () => {
  const files = project(shown('["id", "author_name"]'), rows("Book.objects.all()"));
  const { findings } = await analyzeSources(Object.entries(files).map(([file, text]) => ({ file, text })));
  const likely = findings.filter((one) => one.tier === "likely");
  expect(likely.map(({ rule, site }) => `${rule} ${site.file}:${String(site.line)}`)).toEqual(["db/n-plus-one-serializer shop/views.py:9"]);
  expect(findings.flatMap((one) => [one.site, ...one.related]).filter(({ file }) => file.includes("<"))).toEqual([]);
});

it("what a serializer's own constructor was given decides what it shows", async () => {
  const serializer = `
class BookSerializer(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = ["id"]
    def __init__(self, *args, **kwargs):
        self.more = kwargs.pop("more", []) or []
        super().__init__(*args, **kwargs)
    def to_representation(self, book):
        out = super().to_representation(book)
        if self.more:
            for name in self.more:
                out[name] = book.author.name
        return out
`;
  const view = (options: string): string => `
class Books(viewsets.ViewSet):
    def list(self, request):
        return Response(BookSerializer(Book.objects.all(), many=True${options}).data)
`;
  const cost = async (options: string): Promise<string | undefined> =>
    (await costsOf(project(serializer, view(options))))["GET /api/books/"];
  expect(await cost("")).toBe("1");
  expect(await cost(', more=["author"]')).toBe("1 + book");
});
