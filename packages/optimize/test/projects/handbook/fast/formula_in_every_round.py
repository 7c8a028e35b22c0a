from fastapi import FastAPI

app = FastAPI()

@app.post("/shares")
def shares(amounts: list[float]):
    whole = sum(amounts)
    return [amount / whole for amount in amounts]
