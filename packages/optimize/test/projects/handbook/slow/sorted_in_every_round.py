from fastapi import FastAPI

app = FastAPI()

@app.post("/ranks")
def ranks(scores: list[int], mine: list[int]):
    return [sorted(scores).index(one) for one in mine]  # expect: algo/sort-in-loop
