import redis
from fastapi import FastAPI

app = FastAPI()

cache = redis.Redis()

@app.post("/forget/{user}")
def forget(user: str):
    cache.delete(f"user:{user}")
    return "done"
