from functools import lru_cache
from fastapi import FastAPI

app = FastAPI()

@lru_cache(maxsize=1000)
def price_of(code: str):
    return len(code)

@app.get("/price/{code}")
def price(code: str):
    return price_of(code)
