"""FastAPI with SQLModel. Made for PostgreSQL; its engine is made over SQLite in memory here. Mails are not sent.

repository: https://github.com/fastapi/full-stack-fastapi-template
commit: f459c20a173cf629b3d57b5b2e2de290d96b5698
python: 3.10
packages: ./backend httpx
"""
import json
import os
import sys
import uuid

folder, sizes = sys.argv[1], [int(one) for one in sys.argv[2].split(",")]
sys.path.insert(0, os.path.join(folder, "backend"))
sys.dont_write_bytecode = True
os.environ.update(
    PROJECT_NAME="bench", SECRET_KEY="bench" * 8, FIRST_SUPERUSER="admin@example.org", FIRST_SUPERUSER_PASSWORD="password1",
    POSTGRES_SERVER="127.0.0.1", POSTGRES_USER="bench", POSTGRES_PASSWORD="bench", POSTGRES_DB="bench", ENVIRONMENT="local",
)
os.environ.pop("SENTRY_DSN", None)

import sqlalchemy  # noqa: E402
import sqlmodel  # noqa: E402
from sqlalchemy import event, pool  # noqa: E402

# One database in memory for all threads.
create = sqlalchemy.create_engine
here = lambda address, **options: create("sqlite://", poolclass=pool.StaticPool, connect_args={"check_same_thread": False})  # noqa: E731
sqlalchemy.create_engine = sqlmodel.create_engine = here

# PostgreSQL's driver takes keys as texts too.
bound = sqlalchemy.Uuid.bind_processor


def bind_processor(self, dialect):
    process = bound(self, dialect)
    return process and (lambda value: process(uuid.UUID(value) if isinstance(value, str) else value))


sqlalchemy.Uuid.bind_processor = bind_processor

from datetime import timedelta  # noqa: E402

from fastapi.testclient import TestClient  # noqa: E402
from pwdlib.hashers.bcrypt import BcryptHasher  # noqa: E402
from sqlmodel import Session, SQLModel  # noqa: E402

from app.core.db import engine  # noqa: E402
from app.core.security import create_access_token, get_password_hash  # noqa: E402
from app.main import app  # noqa: E402
from app.models import Item, User  # noqa: E402
from app.utils import generate_password_reset_token  # noqa: E402

seen = []
password = get_password_hash("password1")
# Of the kind that is renewed when somebody logs in.
old_password = BcryptHasher(rounds=4).hash("password1")


@event.listens_for(engine, "before_cursor_execute")
def count(connection, cursor, statement, parameters, context, executemany):
    if not statement.lstrip().upper().startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")):
        seen.append(statement)


def seed(size):
    """An administrator and `size` users, each with `size` items."""
    SQLModel.metadata.drop_all(engine)
    SQLModel.metadata.create_all(engine)
    ids = [uuid.uuid4() for _ in range(size + 1)]
    items = [uuid.uuid4() for _ in range(size)]
    with Session(engine) as session:
        for n, key in enumerate(ids):
            session.add(User(id=key, email=f"u{n}@example.org", hashed_password=password if n > 0 else old_password, is_superuser=n == 0))
        session.flush()
        for n, key in enumerate(items):
            session.add(Item(id=key, title=f"i{n}", owner_id=ids[1]))
        for key in ids[2:]:
            for n in range(size):
                session.add(Item(title=f"i{n}", owner_id=key))
        session.commit()
    return ids, items


def observe(size):
    ids, items = seed(size)
    client = TestClient(app)
    headers = [{"Authorization": f"Bearer {create_access_token(str(key), timedelta(hours=1))}"} for key in ids]
    admin, user, leaving = headers[0], headers[1], headers[2]
    of = dict.fromkeys("item items user users".split(), size)
    other = ids[3]
    calls = [
        (user, "GET /items", "/items/", None),
        (admin, "GET /items", "/items/", None),
        (user, "GET /items/{id}", f"/items/{items[0]}", None),
        (admin, "GET /users", "/users/", None),
        (user, "GET /users/me", "/users/me", None),
        (admin, "GET /users/{user_id}", f"/users/{other}", None),
        (user, "GET /utils/health-check", "/utils/health-check/", None),
        (user, "POST /items", "/items/", {"title": "t"}),
        (user, "PUT /items/{id}", f"/items/{items[0]}", {"title": f"t{size}"}),
        (user, "DELETE /items/{id}", f"/items/{items[1]}", None),
        (admin, "POST /users", "/users/", {"email": f"new{size}@example.org", "password": "password1"}),
        ({}, "POST /users/signup", "/users/signup", {"email": f"other{size}@example.org", "password": "password1"}),
        (user, "PATCH /users/me", "/users/me", {"full_name": f"n{size}", "email": f"mine{size}@example.org"}),
        (user, "PATCH /users/me/password", "/users/me/password", {"current_password": "password1", "new_password": "password2"}),
        (admin, "PATCH /users/{user_id}", f"/users/{other}", {"full_name": f"n{size}", "email": f"theirs{size}@example.org"}),
        (user, "POST /login/test-token", "/login/test-token", None),
        ({}, "POST /login/access-token", "/login/access-token", "username=u0@example.org&password=password1"),
        ({}, "POST /password-recovery/{email}", "/password-recovery/nobody@example.org", None),
        ({}, "POST /reset-password", "/reset-password/", {"token": generate_password_reset_token(f"theirs{size}@example.org"), "new_password": "password3"}),
        (leaving, "DELETE /users/me", "/users/me", None),
        (admin, "DELETE /users/{user_id}", f"/users/{other}", None),
    ]
    out = []
    for headers, route, path, body in calls:
        seen.clear()
        form = {"content": body, "headers": {**headers, "content-type": "application/x-www-form-urlencoded"}}
        given = form if isinstance(body, str) else {"json": body, "headers": headers} if body is not None else {"headers": headers}
        answer = client.request(route.split(" ")[0], f"/api/v1{path}", **given)
        if os.environ.get("SHOW"):
            print(route, answer.status_code, answer.text[:100], *seen, sep="\n    ", file=sys.stderr)
        out.append({"route": route, "status": answer.status_code, "counts": {"queries": len(seen)}, "sizes": of})
    return out


print(json.dumps([observe(size) for size in sizes]))
