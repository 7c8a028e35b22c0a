from fastapi import FastAPI

app = FastAPI()

@app.post("/join")
def join(orders: list[dict], users: list[dict]):
    out = []
    for order in orders:
        out.append(next((user for user in users if user["id"] == order["user"]), None))  # expect: algo/nested-join-by-scan
    return out
