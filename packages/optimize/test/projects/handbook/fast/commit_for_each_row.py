import psycopg_pool
from fastapi import FastAPI

app = FastAPI()

pool = psycopg_pool.ConnectionPool("dbname=shop")

@app.post("/stock")
def stock(rows: list[dict]):
    with pool.connection() as connection:
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE stock SET n = %s WHERE id = %s", [(row["n"], row["id"]) for row in rows])
    return "done"
