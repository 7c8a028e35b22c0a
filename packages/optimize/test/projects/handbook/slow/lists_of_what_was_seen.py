from fastapi import FastAPI

app = FastAPI()

@app.post("/unique")
def unique(names: list[str]):
    seen = []
    for name in names:
        if name not in seen:  # expect: algo/linear-lookup-in-loop
            seen.append(name)
    return seen
