import requests
from fastapi import FastAPI

app = FastAPI()

@app.post("/pay")
async def pay(amount: int):
    answer = requests.post("https://payments.example.com/charges", json={"amount": amount}, timeout=3)  # expect: io/blocking-in-async
    return answer.json()
