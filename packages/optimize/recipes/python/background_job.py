"""Work that a request need not wait for, as a task of Celery that bears failures, kills and being run twice."""

from typing import Any, Callable

from celery import Celery, Task


def background_job(app: Celery, name: str, *, attempts: int = 3, longest_wait: int = 600, time_limit: int = 300, **options: Any) -> Callable:
    """
    Registers a function as a task: tried `attempts` times in all, with waits that double up to `longest_wait` seconds and are spread (jitter); given to
    another worker when its own is killed; stopped after `time_limit` seconds. It can therefore run twice: let it find out by its arguments
    whether it has been done. Give ids and not objects as arguments, and send it when the transaction has been committed:
    `transaction.on_commit(lambda: send_invoice.delay(order.pk))`.

    >>> @background_job(app, "shop.send_invoice")
    ... def send_invoice(order_id): ...
    >>> send_invoice.delay(7)
    """

    def register(run: Callable) -> Task:
        return app.task(
            run,
            name=name,
            autoretry_for=(Exception,),
            max_retries=attempts - 1,
            retry_backoff=True,
            retry_backoff_max=longest_wait,
            retry_jitter=True,
            # Acknowledged when it is done, so that a worker that is killed loses nothing.
            acks_late=True,
            reject_on_worker_lost=True,
            time_limit=time_limit,
            **options,
        )

    return register
