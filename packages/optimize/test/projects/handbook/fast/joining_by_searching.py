from fastapi import FastAPI

app = FastAPI()

@app.post("/join")
def join(orders: list[dict], users: list[dict]):
    by_id = {user["id"]: user for user in users}
    return [by_id.get(order["user"]) for order in orders]
