from fastapi import FastAPI

app = FastAPI()

@app.get("/terms")
def terms():
    with open("terms.txt") as file:
        return file.read()
