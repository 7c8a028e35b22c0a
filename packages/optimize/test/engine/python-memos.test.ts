/** What Python's programs keep on the things that they are given is asked once. */
import { expect, test } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";

async function looped(grants: string): Promise<readonly (readonly [string, boolean])[]> {
  const files = {
    "shop/models.py": `from django.db import models

class Grant(models.Model):
    user_id = models.IntegerField()
    name = models.CharField(max_length=20)
`,
    "shop/views.py": `from django.http import JsonResponse
from django.urls import path
from shop.models import Grant

${grants}

def show(request, user):
    return JsonResponse({item: any(grant.name == item for grant in grants_of(user)) for item in request.GET.getlist("item")})

urlpatterns = [path("items", show)]
`,
  };
  const { project } = await analyzeSources(Object.entries(files).map(([file, text]) => ({ file, text })));
  return project.looped
    .filter(({ operation }) => operation.table === "Grant")
    .map(({ relation, memoized }) => [relation, memoized] as const);
}

test("asked again in each round", async () => {
  expect(
    await looped(`def grants_of(user):
    return Grant.objects.filter(user_id=user.id)`),
  ).toEqual([["invariant", false]]);
});

test.each([
  [
    "by hasattr and setattr",
    `def grants_of(user):
    if hasattr(user, "_grants"):
        grants = getattr(user, "_grants")
    else:
        grants = Grant.objects.filter(user_id=user.id)
        setattr(user, "_grants", grants)
    return grants`,
  ],
  [
    "by getattr with a default",
    `def grants_of(user):
    grants = getattr(user, "_grants", None)
    if grants is None:
        grants = list(Grant.objects.filter(user_id=user.id))
        user._grants = grants
    return grants`,
  ],
  [
    "by functools",
    `from functools import lru_cache

@lru_cache(maxsize=100)
def grants_of(user):
    return list(Grant.objects.filter(user_id=user.id))`,
  ],
  [
    "by a decorator that an object of the project makes",
    `from flask_caching import Cache

class Memory(Cache):
    pass

memory = Memory()

@memory.memoize(timeout=60)
def grants_of(user):
    return list(Grant.objects.filter(user_id=user.id))`,
  ],
  [
    "by a decorator with a name of its own",
    `from dogpile.cache import make_region

region = make_region().configure("dogpile.cache.memory")
remember = region.cache_on_arguments()

@remember
def grants_of(user):
    return list(Grant.objects.filter(user_id=user.id))`,
  ],
  [
    "by a store that is asked for it",
    `from django.core.cache import cache

def grants_of(user):
    return cache.get_or_set(f"grants-{user.id}", lambda: list(Grant.objects.filter(user_id=user.id)), 60)`,
  ],
  [
    "by a store that is filled by hand",
    `from django.core.cache import cache

def grants_of(user):
    key = f"grants-{user.id}"
    grants = cache.get(key)
    if grants is None:
        grants = list(Grant.objects.filter(user_id=user.id))
        cache.set(key, grants, 60)
    return grants`,
  ],
  [
    "by one of several stores",
    `from django.core.cache import caches

def grants_of(user):
    grants = caches["short"].get(f"grants-{user.id}")
    if not grants:
        grants = list(Grant.objects.filter(user_id=user.id))
        caches["short"].set(f"grants-{user.id}", grants)
    return grants`,
  ],
  [
    "by a dictionary that is asked whether it has it",
    `GRANTS = {}

def grants_of(user):
    if user.id not in GRANTS:
        GRANTS[user.id] = list(Grant.objects.filter(user_id=user.id))
    return GRANTS[user.id]`,
  ],
  [
    "by a dictionary that throws when it has nothing",
    `GRANTS = {}

def grants_of(user):
    try:
        return GRANTS[user.id]
    except KeyError:
        GRANTS[user.id] = grants = list(Grant.objects.filter(user_id=user.id))
        return grants`,
  ],
  [
    "by a dictionary that what follows fills",
    `GRANTS = {}

def grants_of(user):
    if user.id in GRANTS:
        return GRANTS[user.id]
    grants = list(Grant.objects.filter(user_id=user.id))
    GRANTS[user.id] = grants
    return grants`,
  ],
])("kept %s", async (_, grants) => {
  expect((await looped(grants)).filter(([, memoized]) => !memoized)).toEqual([]);
});

test("what a package offers to the users of a framework needs no entry of its own", async () => {
  const files = {
    "shop/__init__.py": "",
    "shop/urls.py": `from django.http import HttpResponse
from django.urls import path

def health(request):
    return HttpResponse("")

urlpatterns = [path("health", health)]
`,
    "shop/models.py": `from django.db import models

class Author(models.Model):
    name = models.CharField(max_length=20)

class Book(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE)

def names():
    return [book.author.name for book in Book.objects.all()]

def _names():
    return [book.author.name for book in Book.objects.all()]
`,
  };
  const sources = Object.entries(files).map(([file, text]) => ({ file, text }));
  const lines = async (published: boolean): Promise<number[]> => {
    const { findings } = await analyzeSources(sources, { published: () => published });
    return findings.filter(({ tier, rule }) => tier === "likely" && rule === "db/n-plus-one-lazy-relation").map(({ site }) => site.line);
  };
  expect(await lines(false)).toEqual([]);
  expect(await lines(true)).toEqual([10]);
});

test("named arguments out of a dictionary that nobody can see may fill any parameter", async () => {
  const files = {
    "shop/triggers.py": `import psycopg2
from celery import shared_task

connection = psycopg2.connect("dbname=shop")

def sync(name=None, table=None):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM triggers WHERE name = %s AND base = %s", (name, table))

@shared_task
def all_triggers(triggers):
    for trigger in triggers:
        sync(**trigger)
`,
  };
  const { project } = await analyzeSources(Object.entries(files).map(([file, text]) => ({ file, text })));
  expect(project.looped.map(({ relation }) => relation)).toEqual(["element"]);
});

test("a manager that the body of the class imports is the one that is asked", async () => {
  const files = {
    "shop/managers.py": `from django.core.cache import cache
from django.db import models

class KeptManager(models.Manager):
    def get(self, *args, **kwargs):
        return cache.get_or_set("settings", lambda: models.Manager.get(self, *args, **kwargs))
`,
    "shop/models.py": `from django.db import models

class Setting(models.Model):
    from shop.managers import KeptManager
    objects = KeptManager()
    shown = models.BooleanField(default=False)
`,
    "shop/views.py": `from django.http import JsonResponse
from django.urls import path
from shop.models import Setting

def show(request):
    return JsonResponse({item: Setting.objects.get().shown for item in request.GET.getlist("item")})

urlpatterns = [path("items", show)]
`,
  };
  const { project } = await analyzeSources(Object.entries(files).map(([file, text]) => ({ file, text })));
  expect(project.looped.filter(({ operation, memoized }) => operation.table === "Setting" && !memoized)).toEqual([]);
});
