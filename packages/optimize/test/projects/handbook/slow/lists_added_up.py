from fastapi import FastAPI

app = FastAPI()

@app.post("/flat")
def flat(lists: list[list[int]]):
    return sum(lists, [])  # expect: algo/quadratic-concat-python
