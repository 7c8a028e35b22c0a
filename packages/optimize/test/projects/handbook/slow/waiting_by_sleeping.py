import time
from fastapi import FastAPI

app = FastAPI()

@app.get("/slow")
async def slow():
    time.sleep(2)  # expect: io/blocking-in-async
    return "done"
