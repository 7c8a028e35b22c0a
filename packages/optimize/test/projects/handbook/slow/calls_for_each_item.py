import httpx
from fastapi import FastAPI

app = FastAPI()

client = httpx.Client(timeout=3)

@app.post("/prices")
def prices(codes: list[str]):
    return [client.get(f"https://prices.example.com/items/{code}").json() for code in codes]  # expect: io/http-n-plus-one
