/** Statements that Django sends without being asked: who asks, what hangs on deleted rows, what a set replaces. */
import { expect, it } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import { costText } from "../../src/engine/cost-text.ts";

const models = `
from django.contrib.auth.models import User
from django.db import models
class Profile(models.Model):
    user = models.OneToOneField(User, models.CASCADE)
class Shelf(models.Model):
    owner = models.ForeignKey(User, models.CASCADE)
class Tag(models.Model):
    pass
class Book(models.Model):
    shelf = models.ForeignKey(Shelf, models.CASCADE)
    tags = models.ManyToManyField(Tag)
    def tag(self):
        self.tags.set(Tag.objects.all())
class Note(models.Model):
    book = models.ForeignKey(Book, models.CASCADE)
class Loan(models.Model):
    book = models.ForeignKey(Book, on_delete=models.SET_NULL, null=True)
class Fine(models.Model):
    loan = models.ForeignKey(Loan, models.PROTECT)
`;

async function costs(views: string, more: Readonly<Record<string, string>> = {}): Promise<Record<string, string>> {
  const names = [...views.matchAll(/^def (\w+)\(request/gm)].map(([, name]) => name ?? "");
  const files = {
    "shop/__init__.py": "",
    "shop/models.py": models,
    "shop/views.py": `from functools import wraps\nfrom django.contrib.auth.decorators import login_required\nfrom django.shortcuts import render\nfrom shop.models import Book, Loan, Note, Profile, Shelf, Tag\n${views}`,
    "shop/urls.py": `from django.urls import path\nfrom shop import views\nurlpatterns = [${names.map((name) => `path("${name}", views.${name})`).join(", ")}]\n`,
    ...more,
  };
  const { project } = await analyzeSources(Object.entries(files).map(([file, text]) => ({ file, text })));
  return Object.fromEntries(
    project.entries.flatMap((entry) => (entry.name.startsWith("ANY /") ? [[entry.name.slice(5), costText(entry.cost)]] : [])),
  );
}

const settings = (more = ""): Record<string, string> => ({
  "shop/settings.py": `
MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware"]
ROOT_URLCONF = "shop.urls"
${more}
`,
});
const views = `
def stranger(request):
    return None
def named(request):
    return request.user.username
def twice(request):
    if request.user.is_superuser:
        return helper(request)
    return helper(request)
def helper(request):
    return request.user.email
@login_required
def behind(request):
    return None
def profile(request):
    return request.user.profile.pk
`;

it("who asks is found out once in a request, when something looks at it: the session and the row", async () => {
  expect(await costs(views, settings())).toMatchObject({
    stranger: "no queries",
    named: "≤ 2 queries",
    twice: "≤ 2 queries",
    behind: "≤ 2 queries",
    profile: "1 (≤ 3) queries",
  });
  expect(await costs(views)).toMatchObject({ named: "no queries", behind: "no queries" });
  const kept = settings('SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"');
  expect(await costs(views, kept)).toMatchObject({ named: "≤ 1 query" });
});

it("the project's own backend says what comes with the row of who asks", async () => {
  const own = {
    ...settings('AUTHENTICATION_BACKENDS = ["shop.backends.Backend"]'),
    "shop/backends.py": `
from django.contrib.auth.models import User
class Backend:
    def get_user(self, key):
        try:
            return User.objects.select_related("profile").get(pk=key)
        except User.DoesNotExist:
            return None
`,
  };
  expect(await costs(views, own)).toMatchObject({ named: "≤ 2 queries", profile: "≤ 2 queries" });
});

it("middlewares that are added later run too, hand on what they put on the request, and may take themselves out", async () => {
  const more = {
    ...settings('MIDDLEWARE.append("shop.middleware.Shelves")\nif DEBUG:\n    MIDDLEWARE += ["shop.middleware.Optional"]'),
    "shop/middleware.py": `
from typing import cast
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from shop.models import Shelf, Tag
class Shelves:
    def __init__(self, get_response):
        self.get_response = get_response
    def __call__(self, request):
        request = cast("Request", request)
        request.shelf = Shelf.objects.select_related("owner").get(pk=1)
        return self.get_response(request)
class Optional:
    def __init__(self, get_response):
        if not settings.OPTIONAL:
            raise MiddlewareNotUsed()
        self.get_response = get_response
    def __call__(self, request):
        Tag.objects.count()
        return self.get_response(request)
`,
  };
  const found = await costs("def books(request):\n    return [request.shelf.owner, list(request.shelf.book_set.all())]\n", more);
  expect(found).toEqual({ books: "2 queries" });
});

it("what hangs on deleted rows goes with them", async () => {
  const found = await costs(`
def nothing(request):
    Note.objects.get(pk=1).delete()
def one(request):
    Book.objects.get(pk=1).delete()
def many(request):
    Book.objects.filter(shelf_id=1).delete()
def free(request):
    Note.objects.filter(book_id=1).delete()
def deep(request):
    Shelf.objects.get(pk=1).delete()
def guarded(request):
    Loan.objects.get(pk=1).delete()
`);
  expect(found).toEqual({
    nothing: "1 query, 1 write",
    one: "1 query, 4 writes",
    many: "1 query, 4 writes",
    free: "1 write",
    deep: "2 queries, 1 (≤ 5) writes",
    guarded: "2 queries, 1 write",
  });
});

it("what a set replaces is read first; rows that are added one by one are asked for", async () => {
  const found = await costs(`
def replaced(request):
    Book.objects.get(pk=1).tags.set([1, 2])
def new(request):
    book = Book(shelf_id=1)
    book.save()
    book.tags.set(Tag.objects.all())
def within(request):
    shelf = Shelf.objects.get(pk=1)
    book = Book(shelf=shelf)
    book.title = request.POST["title"]
    book.save()
    book.tag()
def added(request):
    Book.objects.get(pk=1).tags.add(*Tag.objects.all())
`);
  expect(found).toEqual({
    replaced: "2 queries, 1 (≤ 2) writes",
    new: "2 queries, 2 writes",
    within: "3 queries, 2 writes",
    added: "2 queries, 1 write",
  });
});
