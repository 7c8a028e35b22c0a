from fastapi import FastAPI

app = FastAPI()

@app.post("/flat")
def flat(lists: list[list[int]]):
    return [one for inner in lists for one in inner]
