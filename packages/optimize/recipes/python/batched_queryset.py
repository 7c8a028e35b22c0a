"""All rows of a queryset of Django in parts of a bounded size, by the key and not by OFFSET: the last part costs what the first does, and rows
that come or go meanwhile shift nothing."""

from typing import Any, Iterator, List


def batched_queryset(queryset: Any, size: int = 1000, key: str = "pk") -> Iterator[List[Any]]:
    """
    Lists of at most `size` objects in the order of `key`, which is unique and has an index (the primary key). One query a part; nothing is kept
    of the parts before.

    >>> for orders in batched_queryset(Order.objects.filter(paid=True), 500):
    ...     export(orders)
    """
    if size < 1:
        raise ValueError(f"size is 1 or more, not {size}")
    ordered = queryset.order_by(key)
    part = list(ordered[:size])
    while part:
        yield part
        if len(part) < size:
            return
        last = getattr(part[-1], key)
        part = list(ordered.filter(**{f"{key}__gt": last})[:size])
