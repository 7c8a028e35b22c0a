import httpx
from fastapi import FastAPI

app = FastAPI()

client = httpx.Client(timeout=3)

@app.post("/prices")
def prices(codes: list[str]):
    return client.post("https://prices.example.com/items", json=codes).json()
