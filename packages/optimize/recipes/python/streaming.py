"""A lot of data in a little memory: parts of it, one after the other, no faster than they are taken."""

import json
from typing import Any, Callable, Iterable, Iterator, List, TypeVar

T = TypeVar("T")


def batches(items: Iterable[T], size: int) -> Iterator[List[T]]:
    """
    Lists of `size` items, the last one shorter; the source is read only when the next one is asked for.

    >>> for rows in batches(cursor, 500):
    ...     index(rows)
    """
    if size < 1:
        raise ValueError(f"size is 1 or more, not {size}")
    batch: List[T] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def json_array(items: Iterable[Any], dumps: Callable[[Any], str] = json.dumps) -> Iterator[str]:
    """
    A JSON array as pieces of text of about 16 kB, for a response that never holds all of it.

    >>> StreamingHttpResponse(json_array(rows.iterator(chunk_size=500)), content_type="application/json")  # Django
    >>> StreamingResponse(json_array(rows), media_type="application/json")  # FastAPI
    """
    piece, comma = ["["], ""
    length = 1
    for item in items:
        text = comma + dumps(item)
        comma = ","
        piece.append(text)
        length += len(text)
        if length >= 16_384:
            yield "".join(piece)
            piece, length = [], 0
    piece.append("]")
    yield "".join(piece)
