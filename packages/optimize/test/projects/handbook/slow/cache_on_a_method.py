from functools import cache
from fastapi import FastAPI

app = FastAPI()

class Prices:
    @cache  # expect: mem/lru-cache-on-method
    def of(self, code: str):
        return len(code)

@app.get("/price/{code}")
def price(code: str):
    return Prices().of(code)
