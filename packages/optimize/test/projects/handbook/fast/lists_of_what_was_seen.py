from fastapi import FastAPI

app = FastAPI()

@app.post("/unique")
def unique(names: list[str]):
    return list(dict.fromkeys(names))
