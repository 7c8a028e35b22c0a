import type { FrameworkFixture } from "./fixture.ts";

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "what a function imports is loaded when it runs: no cycle that leaves a name without a value",
    files: {
      "shop/__init__.py": "from .celery import app as celery_app\n",
      "shop/celery.py": `
from celery import Celery, Task

class Own(Task):
    def __call__(self, *args, **kwargs):
        from shop.models import User
        return super().__call__(*args, **kwargs)

app = Celery("shop", task_cls=Own)
`,
      "shop/models.py": "from shop.tasks import push\nclass User:\n    pass\n",
      "shop/tasks.py": `
from shop.celery import app
@app.task
def push(order_id):
    pass
`,
    },
    expect: ["job push"],
  },
  {
    title: "tasks of queues",
    files: {
      "a.py": `
from celery import Celery, shared_task
from django_rq import job, get_queue
import dramatiq
app = Celery("x")
@app.task(name="nightly")
def one():
    pass
@shared_task
def two():
    one.delay()
@job("default", timeout=3)
def three():
    pass
@dramatiq.actor
def four():
    pass
def five():
    pass
get_queue("low").enqueue(five, 1)
`,
    },
    expect: ["job nightly", "job two", "job default", "job four", "job five"].map((name) => (name === "job default" ? "job three" : name)),
  },
  {
    title: "jobs of Huey, Taskiq, APScheduler and arq",
    files: {
      "a.py": `
from huey import RedisHuey, crontab
huey = RedisHuey()
@huey.task()
def one():
    pass
@huey.periodic_task(crontab(minute="0"))
def two():
    pass
`,
      "b.py": `
from taskiq import InMemoryBroker
broker = InMemoryBroker()
@broker.task
async def three():
    pass
`,
      "c.py": `
from apscheduler.schedulers.asyncio import AsyncIOScheduler
scheduler = AsyncIOScheduler()
async def four():
    pass
scheduler.add_job(four, "interval", minutes=5)
@scheduler.scheduled_job("cron", hour=3)
async def five():
    pass
`,
      "d.py": `
from arq import Worker, cron
async def six(ctx):
    pass
async def seven(ctx):
    pass
class WorkerSettings:
    functions = [six]
    cron_jobs = [cron(seven, hour=3)]
`,
    },
    expect: ["job one", "job six", "job three", "schedule five", "schedule four", "schedule seven", "schedule two"],
  },
  {
    title: "resolvers of Strawberry, Graphene and Ariadne",
    files: {
      "a.py": `
import strawberry
@strawberry.type
class Book:
    title: str
    @strawberry.field
    def author(self):
        pass
@strawberry.type
class Query:
    @strawberry.field(description="all")
    def books(self):
        pass
`,
      "b.py": `
import graphene
class BookQueries(graphene.ObjectType):
    def resolve_shelves(self, info):
        pass
class Query(BookQueries, graphene.ObjectType):
    def resolve_tags(self, info):
        pass
class Tag(graphene.ObjectType):
    def resolve_count(self, info):
        pass
class AddTag(graphene.Mutation):
    def mutate(self, info):
        pass
`,
      "c.py": `
from ariadne import ObjectType, QueryType
query = QueryType()
user = ObjectType("User")
@query.field("users")
def all_users(_, info):
    pass
@user.field("posts")
def posts(user, info):
    pass
`,
    },
    expect: [
      "resolver Book.author",
      "resolver Query.books",
      "resolver Query.shelves",
      "resolver Query.tags",
      "resolver Tag.count",
      "resolver AddTag.mutate",
      "resolver Query.users",
      "resolver User.posts",
    ],
  },
  {
    title: "Pyramid's views, with the paths that the configuration names",
    files: {
      "a.py": `
from pyramid.config import Configurator
from pyramid.view import view_config
@view_config(route_name="order", request_method="GET")
def order(request):
    pass
def other(request):
    pass
def main():
    config = Configurator()
    config.add_route("order", "/orders/{id}")
    config.add_route("other", "/other")
    config.add_view(other, route_name="other")
main()
`,
    },
    expect: ["GET /orders/{id}", "ANY /other"],
  },
];

export default fixtures;
