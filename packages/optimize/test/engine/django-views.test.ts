/** Views of Django: what runs before and inside of them, with plain statements as what they cost. */
import { expect, it } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import { costsOf } from "./python-costs.ts";

const database = `
import psycopg
connection = psycopg.connect("")
def ask(key):
    connection.execute("SELECT 1 FROM orders WHERE id = %s", [key])
def rows():
    return connection.execute("SELECT id FROM orders").fetchall()
`;
const urls = (routes: string): string => `from django.urls import path\nfrom shop import views\nurlpatterns = [${routes}]\n`;

it("a class is entered by its dispatch, with the method of the request, in the order of its bases", async () => {
  const views = `
from django.views import View
from shop.database import ask
class Guard:
    def dispatch(self, request, *args, **kwargs):
        ask(1)
        return super().dispatch(request, *args, **kwargs)
class Order(Guard, View):
    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        ask(2)
    def get(self, request, pk):
        ask(3)
    def post(self, request, pk):
        pass
`;
  const files = {
    "shop/__init__.py": "",
    "shop/database.py": database,
    "shop/views.py": views,
    "shop/urls.py": urls('path("o/<int:pk>", views.Order.as_view())'),
  };
  expect(await costsOf(files)).toEqual({ "GET /o/<int:pk>": "3", "POST /o/<int:pk>": "2" });
});

it("middlewares of the settings run before every view", async () => {
  const files = {
    "shop/__init__.py": "",
    "shop/database.py": database,
    "shop/settings.py":
      'MIDDLEWARE = ["django.middleware.common.CommonMiddleware", "shop.middleware.Tenant"]\nROOT_URLCONF = "shop.urls"\n',
    "shop/middleware.py": `
from shop.database import ask
class Tenant:
    def __init__(self, get_response):
        self.get_response = get_response
    def __call__(self, request):
        ask(1)
        return self.get_response(request)
`,
    "shop/views.py": "def plain(request):\n    pass\n",
    "shop/urls.py": urls('path("a", views.plain)'),
  };
  expect(await costsOf(files)).toEqual({ "ANY /a": "1" });
});

it("what the project's own decorators do around a view is part of it", async () => {
  const files = {
    "shop/__init__.py": "",
    "shop/database.py": database,
    "shop/guards.py": `
from functools import wraps
from shop.database import ask
def known(view):
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        ask(1)
        return view(request, *args, **kwargs)
    return wrapper
def allowed(*names):
    def decorator(view):
        def wrapper(request, *args, **kwargs):
            if request.user.name not in names:
                return None
            ask(2)
            return view(request, *args, **kwargs)
        return wrapper
    return decorator
def noted(view):
    return view
`,
    "shop/views.py": `
from django.views.decorators.csrf import csrf_exempt
from shop.database import ask
from shop.guards import allowed, known, noted
@known
def one(request):
    ask(3)
@csrf_exempt
@allowed("a")
@known
def both(request):
    ask(3)
@noted
def same(request):
    ask(3)
`,
    "shop/urls.py": urls('path("one", views.one), path("both", views.both), path("same", views.same)'),
  };
  expect(await costsOf(files)).toEqual({ "ANY /one": "2", "ANY /both": "3", "ANY /same": "1" });
});

const list = (body: string): Record<string, string> => ({
  "shop/__init__.py": "",
  "shop/database.py": database,
  "shop/views.py": `
from django.views.generic import ListView
from shop.database import ask, rows
class Orders(ListView):
    def get_queryset(self):
        return rows()
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
${body}
        return context
`,
  "shop/urls.py": urls('path("orders/", views.Orders.as_view())'),
});

it("the context of a list holds the list; what is asked for each of its rows is said in the project's own places", async () => {
  const slow = list('        for order in context["object_list"]:\n            ask(order[0])');
  expect(await costsOf(slow)).toEqual({ "GET /orders/": "1 + object_list" });
  const { findings } = await analyzeSources(Object.entries(slow).map(([file, text]) => ({ file, text })));
  expect(findings.filter((one) => one.tier === "likely").map(({ rule, site }) => `${rule} ${site.file}:${String(site.line)}`)).toEqual([
    "db/n-plus-one shop/views.py:10",
  ]);
  expect(findings.flatMap((one) => [one.site, ...one.related]).filter(({ file }) => file.includes("<"))).toEqual([]);
  const fast = list('        context["first"] = ask(1)');
  expect(await costsOf(fast)).toEqual({ "GET /orders/": "2" });
});

it("a generic view without names shows its model's own template, which calls the rows after the model", async () => {
  const files = (more: string, view = ""): Record<string, string> => ({
    "shop/__init__.py": "",
    "shop/models.py": `
from django.db import models
class Author(models.Model):
    name = models.CharField(max_length=9)
class Book(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
`,
    "shop/views.py": `
from django.views.generic import DetailView, ListView
from shop.models import Book
class Books(ListView):
    queryset = Book.objects.all()${more}
    ${view}
class Detail(DetailView):
    model = Book
`,
    "shop/urls.py": urls('path("books/", views.Books.as_view()), path("books/<int:pk>/", views.Detail.as_view())'),
    "shop/templates/shop/book_list.html": "{% for book in book_list %}{{ book.author.name }}{% endfor %}",
    "shop/templates/shop/book_detail.html": "{{ book.author.name }}",
    "shop/templates/shop/own.html": "{% for one in volumes %}{{ one.pk }}{% endfor %}",
  });
  expect(await costsOf(files(""))).toEqual({ "GET /books/": "1 + book", "GET /books/<int:pk>/": "2" });
  expect(await costsOf(files('.select_related("author")'))).toMatchObject({ "GET /books/": "1" });
  const named = 'template_name = "shop/own.html"\n    context_object_name = "volumes"';
  expect(await costsOf(files("", named))).toMatchObject({ "GET /books/": "1" });
});
