from fastapi import FastAPI

from workshop.api import bikes, jobs

app = FastAPI()
app.include_router(jobs.router)
app.include_router(bikes.router)
