from fastapi import FastAPI

app = FastAPI()

@app.post("/standings")
def standings(points: list[int]):
    return sorted(points)
