import psycopg_pool
from fastapi import FastAPI

app = FastAPI()

pool = psycopg_pool.ConnectionPool("dbname=shop")

@app.post("/stock")
def stock(rows: list[dict]):
    with pool.connection() as connection:
        for row in rows:
            connection.execute("UPDATE stock SET n = %s WHERE id = %s", (row["n"], row["id"]))
            connection.commit()  # expect: db/commit-in-loop
    return "done"
