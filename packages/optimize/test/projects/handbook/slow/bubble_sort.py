from fastapi import FastAPI

app = FastAPI()

@app.post("/standings")
def standings(points: list[int]):
    for i in range(len(points)):
        for j in range(len(points) - i - 1):
            if points[j] > points[j + 1]:
                points[j], points[j + 1] = points[j + 1], points[j]  # expect: algo/hand-written-sort
    return points
