import redis
from fastapi import FastAPI

app = FastAPI()

cache = redis.Redis()

@app.post("/forget/{user}")
def forget(user: str):
    cache.delete(*cache.keys(f"user:{user}:*"))  # expect: io/redis-keys-scan
    return "done"
