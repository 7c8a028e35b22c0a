from fastapi import FastAPI

app = FastAPI()

@app.get("/terms")
def terms():
    file = open("terms.txt")  # expect: mem/resource-not-closed
    return file.read()
