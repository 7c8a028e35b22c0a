/** Pages of Django: a loop over a page goes round as often as the page is long, at most. */
import { expect, it } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import { costText } from "../../src/engine/cost-text.ts";

async function costs(views: string, settings = ""): Promise<Record<string, string>> {
  const names = [...views.matchAll(/^(?:def|class) ([\w]+)\((?:request|ListView|generics)/gm)].map(([, name]) => name ?? "");
  const files = {
    "shop/__init__.py": "",
    "shop/models.py": `
from django.db import models
class Author(models.Model):
    name = models.CharField()
class Book(models.Model):
    author = models.ForeignKey(Author, models.CASCADE)
`,
    "shop/views.py": `
from django.core.paginator import Paginator
from django.views.generic import ListView
from rest_framework import generics, serializers
from rest_framework.pagination import CursorPagination, PageNumberPagination
from shop.models import Book
class Names(serializers.ModelSerializer):
    name = serializers.CharField(source="author.name")
    class Meta:
        model = Book
        fields = ["name"]
${views}`,
    "shop/urls.py": `from django.urls import path\nfrom shop import views\nurlpatterns = [${names.map((name) => `path("${name}", views.${name}${/^[A-Z]/.test(name) ? ".as_view()" : ""})`).join(", ")}]\n`,
    "shop/settings.py": `ROOT_URLCONF = "shop.urls"\n${settings}`,
    "templates/books.html": "{% for book in object_list %}{{ book.author.name }}{% endfor %}",
  };
  const { project } = await analyzeSources(Object.entries(files).map(([file, text]) => ({ file, text })));
  return Object.fromEntries(project.entries.map((entry) => [entry.name.replace(/^\w+ \//, ""), costText(entry.cost)]));
}

it("slices, paginators and list views say how long a page is", async () => {
  const found = await costs(`
def sliced(request):
    return [book.author.name for book in Book.objects.all()[:7]]
def paged(request):
    page = Paginator(Book.objects.all(), 25).get_page(request.GET.get("page"))
    return [book.author.name for book in page]
def unknown(request):
    return [book.author.name for book in Book.objects.all()[: request.size]]
class Books(ListView):
    model = Book
    paginate_by = 10
    template_name = "books.html"
`);
  expect(found).toEqual({
    sliced: "1 + min(7, book) queries",
    paged: "2 + min(25, book) queries",
    unknown: "1 + book queries",
    Books: "2 + min(10, book) queries",
  });
});

const answers = `
class Short(PageNumberPagination):
    page_size = 20
class Same(PageNumberPagination):
    pass
class Own(generics.ListAPIView):
    queryset = Book.objects.all()
    serializer_class = Names
    pagination_class = Short
class Inherited(generics.ListAPIView):
    queryset = Book.objects.all()
    serializer_class = Names
    pagination_class = Same
class Default(generics.ListAPIView):
    queryset = Book.objects.all()
    serializer_class = Names
class Whole(generics.ListAPIView):
    queryset = Book.objects.all()
    serializer_class = Names
    pagination_class = None
`;

it("REST framework's classes of pages, and the settings, say it too", async () => {
  const settings = 'REST_FRAMEWORK = {"DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination", "PAGE_SIZE": 30}\n';
  expect(await costs(answers, settings)).toEqual({
    Own: "2 + min(20, book) queries",
    Inherited: "2 + min(30, book) queries",
    Default: "2 + min(30, book) queries",
    Whole: "1 + book queries",
  });
  expect(await costs(answers)).toMatchObject({ Own: "2 + min(20, book) queries", Default: "1 + book queries" });
});

const cursors = `
class Cursors(CursorPagination):
    page_size = 20
class Own(generics.ListAPIView):
    queryset = Book.objects.all()
    serializer_class = Names
    pagination_class = Cursors
class Default(generics.ListAPIView):
    queryset = Book.objects.all()
    serializer_class = Names
`;

it("who pages by a cursor does not count the rows", async () => {
  const settings = 'REST_FRAMEWORK = {"DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination", "PAGE_SIZE": 30}\n';
  expect(await costs(cursors, settings)).toEqual({ Own: "1 + min(20, book) queries", Default: "1 + min(30, book) queries" });
});
