import type { FrameworkFixture } from "./fixture.ts";

const fixtures: readonly FrameworkFixture[] = [
  {
    title: "FastAPI: routers below routers, and routes that are methods",
    files: {
      "shop/__init__.py": "",
      "shop/items.py": `
from fastapi import APIRouter, Depends

router = APIRouter(prefix="/items")

@router.get("/{id}")
def one(id: int):
    return id

class Controller:
    session: object = Depends(one)

    @router.post("")
    def make(self):
        return self.session
`,
      "shop/main.py": `
from fastapi import FastAPI
from .items import router

app = FastAPI()
app.include_router(router, prefix="/api")

@app.api_route("/any", methods=["GET", "PUT"])
async def every():
    return 1
`,
    },
    expect: ["GET /any", "GET /api/items/{id}", "POST /api/items", "PUT /any"],
  },
  {
    title: "Flask: blueprints, views and resources that are classes",
    files: {
      "shop.py": `
from flask import Blueprint, Flask
from flask.views import MethodView
from flask_restful import Resource

orders = Blueprint("orders", __name__, url_prefix="/orders")

@orders.route("/<int:id>", methods=["GET", "DELETE"])
def order(id):
    return id

class Users(MethodView):
    def get(self):
        return []

class Base(Resource):
    def helper(self):
        return 1

class Books(Base):
    def post(self):
        return 1

app = Flask(__name__)
app.register_blueprint(orders)
app.add_url_rule("/users", view_func=Users.as_view("users"))
`,
    },
    expect: ["DELETE /orders/<int:id>", "GET /orders/<int:id>", "GET Users", "POST Books"],
  },
  {
    title: "Sanic: blueprints, groups of them and views that are classes",
    files: {
      "shop.py": `
from sanic import Blueprint, Sanic
from sanic.response import json
from sanic.views import HTTPMethodView

orders = Blueprint("orders", url_prefix="/orders")
users = Blueprint("users", url_prefix="/users")

@orders.get("/<id:int>")
async def order(request, id):
    return json({})

@users.route("/", methods=["POST"])
async def make(request):
    return json({})

class Books(HTTPMethodView):
    async def get(self, request):
        return json([])

async def health(request):
    return json({})

app = Sanic("shop")
app.blueprint(Blueprint.group(orders, users, url_prefix="/api"))
app.add_route(health, "/health")
`,
    },
    expect: ["GET /api/orders/<id:int>", "GET /health", "GET Books", "POST /api/users"],
  },
  {
    title: "Litestar: functions, and methods of controllers below their path",
    files: {
      "shop.py": `
from litestar import Controller, Litestar, get, post

class Orders(Controller):
    path = "/orders"

    @get("/{order_id:int}")
    async def one(self, order_id: int) -> dict:
        return {}

    @post(path="/", operation_id="make")
    async def make(self) -> dict:
        return {}

@get("/health")
async def health() -> dict:
    return {}

app = Litestar(route_handlers=[Orders, health])
`,
    },
    expect: ["GET /health", "GET /orders/{order_id:int}", "POST /orders"],
  },
  {
    title: "Django Ninja: routers below an API",
    files: {
      "orders/api.py": `
from ninja import Router, Schema

router = Router()

class Order(Schema):
    id: int

@router.get("/{order_id}", response=Order)
def order(request, order_id: int):
    return {}

@router.api_operation(["POST", "PATCH"], "/")
def change(request):
    return {}
`,
      "api.py": `
from ninja import NinjaAPI
from orders.api import router

api = NinjaAPI()
api.add_router("/orders", router)

@api.get("/health")
def health(request):
    return {}
`,
    },
    expect: ["GET /health", "GET /orders/{order_id}", "PATCH /orders", "POST /orders"],
  },
  {
    title: "tables of routes of Starlette and aiohttp, with views that are classes",
    files: {
      "a.py": `
from starlette.applications import Starlette
from starlette.endpoints import HTTPEndpoint
from starlette.routing import Route

async def orders(request):
    return None

class Users(HTTPEndpoint):
    async def get(self, request):
        return None

app = Starlette(routes=[Route("/orders", orders, methods=["POST"]), Route("/users", Users)])
`,
      "b.py": `
from aiohttp import web

async def books(request):
    return web.json_response([])

async def book(request):
    return web.json_response({})

class Authors(web.View):
    async def post(self):
        return web.json_response({})

app = web.Application()
app.add_routes([web.get("/books", books), web.route("PUT", "/books/{id}", book), web.view("/authors", Authors)])
`,
    },
    expect: ["GET /books", "GET Users", "POST /orders", "POST Authors", "PUT /books/{id}"],
  },
  {
    title: "services of Cornice",
    files: {
      "a.py": `
from cornice import Service

orders = Service(name="orders", path="/orders/{id}")

@orders.get(renderer="json")
def order(request):
    return {}

@orders.post()
def make(request):
    return {}
`,
    },
    expect: ["GET /orders/{id}", "POST /orders/{id}"],
  },
];

export default fixtures;
