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
];

export default fixtures;
