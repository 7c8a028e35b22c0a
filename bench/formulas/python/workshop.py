"""Counts the statements of the workshop's routes: `python workshop.py <folder> <sizes>`; prints one list of observations a size."""
import json
import os
import sys

folder, sizes = sys.argv[1], [int(one) for one in sys.argv[2].split(",")]
sys.path.insert(0, folder)
sys.dont_write_bytecode = True
os.environ["WORKSHOP_DATABASE"] = "sqlite://"

from fastapi.testclient import TestClient  # noqa: E402
from sqlalchemy import event, pool  # noqa: E402
import sqlalchemy  # noqa: E402

create = sqlalchemy.create_engine
# One database in memory for all threads.
sqlalchemy.create_engine = lambda address, **options: create(address, poolclass=pool.StaticPool, **options)

from workshop.database import Base, engine  # noqa: E402
from workshop.main import app  # noqa: E402
from workshop.seed import seed  # noqa: E402

seen = []


@event.listens_for(engine, "before_cursor_execute")
def count(connection, cursor, statement, parameters, context, executemany):
    if not statement.lstrip().upper().startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")):
        seen.append(statement)


def observe(size):
    Base.metadata.drop_all(engine)
    seed(size)
    client = TestClient(app)
    ids = list(range(1, size + 1))
    names = "job jobs bike bikes customer customers ids labels part parts".split()
    of = {name: size for name in names}
    calls = [
        ("GET /jobs/labels", "/jobs/labels", None),
        ("GET /jobs/labels/joined", "/jobs/labels/joined", None),
        ("GET /jobs/full", "/jobs/full", None),
        ("GET /jobs/full/loaded", "/jobs/full/loaded", None),
        ("GET /jobs/open", "/jobs/open", None),
        ("GET /jobs/open/counted", "/jobs/open/counted", None),
        ("GET /jobs/parts", "/jobs/parts", None),
        ("GET /jobs/parts/grouped", "/jobs/parts/grouped", None),
        ("POST /jobs/finish", "/jobs/finish", ids),
        ("POST /jobs/finish/at-once", "/jobs/finish/at-once", ids),
        ("GET /jobs/{job_id}", "/jobs/1", None),
        ("GET /bikes/owners", "/bikes/owners", None),
        ("GET /bikes/owners/joined", "/bikes/owners/joined", None),
        ("GET /bikes/garages", "/bikes/garages", None),
        ("GET /bikes/garages/loaded", "/bikes/garages/loaded", None),
        ("POST /bikes/find", "/bikes/find", ids),
        ("POST /bikes/find/at-once", "/bikes/find/at-once", ids),
    ]
    out = []
    for route, path, body in calls:
        seen.clear()
        answer = client.get(path) if body is None else client.post(path, json=body)
        out.append({"route": route, "status": answer.status_code, "counts": {"queries": len(seen)}, "sizes": of})
    return out


print(json.dumps([observe(size) for size in sizes]))
