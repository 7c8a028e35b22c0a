from bisect import bisect_left
from fastapi import FastAPI

app = FastAPI()

@app.post("/ranks")
def ranks(scores: list[int], mine: list[int]):
    ordered = sorted(scores)
    return [bisect_left(ordered, one) for one in mine]
