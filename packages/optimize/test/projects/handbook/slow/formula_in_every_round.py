from fastapi import FastAPI

app = FastAPI()

@app.post("/shares")
def shares(amounts: list[float]):
    return [amount / sum(amounts) for amount in amounts]  # expect: algo/aggregate-in-loop
