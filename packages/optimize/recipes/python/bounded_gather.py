"""Many coroutines at once, but never more than so many."""

import asyncio
from typing import Any, Awaitable, Callable, Iterable, List, TypeVar

T = TypeVar("T")
R = TypeVar("R")


async def bounded_gather(
    items: Iterable[T], run: Callable[[T], Awaitable[R]], limit: int, *, return_exceptions: bool = False
) -> List[Any]:
    """
    Results in the order of the items. Each item starts as soon as any other has ended, and only then is it taken from `items`. The first error
    cancels what runs and is raised; with `return_exceptions` errors stand among the results instead.

    >>> pages = await bounded_gather(urls, fetch, limit=10)
    """
    if limit < 1:
        raise ValueError(f"limit is 1 or more, not {limit}")
    source = enumerate(items)
    results: dict = {}

    async def work() -> None:
        # A generator of Python is asked by one coroutine at a time: nothing is awaited in between.
        for index, item in source:
            try:
                results[index] = await run(item)
            except Exception as error:
                if not return_exceptions:
                    raise
                results[index] = error

    workers = [asyncio.ensure_future(work()) for _ in range(limit)]
    try:
        await asyncio.gather(*workers)
    finally:
        for worker in workers:
            worker.cancel()
        # Nothing runs on after this has returned.
        await asyncio.gather(*workers, return_exceptions=True)
    return [results[index] for index in sorted(results)]
