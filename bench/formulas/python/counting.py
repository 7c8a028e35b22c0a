"""Counts the statements of a Django application's requests: what `clinic.py` and the recipes of applications of others share."""

not_statements = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET")


def counted(call):
    """How many statements a call sends on the default connection, and what it gives."""
    from django.db import connection

    seen = []

    def count(execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith(not_statements):
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        answer = call()
    return seen, answer
