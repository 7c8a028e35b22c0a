"""Get-or-set over Redis: one load for all threads that miss together, expiry that is not synchronised, and a cache that fails without taking
the program with it. Needs nothing but a client with get, set, delete and scan_iter (redis-py, valkey-py)."""

import json
import logging
import random
import threading
from typing import Any, Callable, Optional

log = logging.getLogger(__name__)


class _Flight:
    """A load that others wait for."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.value: Any = None
        self.error: Optional[BaseException] = None
        self.dropped = False


class GetOrSetCache:
    """
    Values go through JSON: give `dumps` and `loads` for what JSON cannot hold. Give the client a `socket_timeout` (0.25): a cache that is
    slower than the source is none.

    >>> cache = GetOrSetCache(redis.Redis(socket_timeout=0.25), ttl=60)
    >>> cache.get_or_set(f"user:{user_id}", lambda: load_profile(user_id))
    """

    def __init__(
        self,
        client: Any,
        ttl: float,
        *,
        jitter: float = 0.1,
        prefix: str = "cache:",
        dumps: Callable[[Any], Any] = json.dumps,
        loads: Callable[[Any], Any] = json.loads,
        on_error: Optional[Callable[[Exception], None]] = None,
    ) -> None:
        """ttl: seconds. jitter: the part of it that is taken off at random, so that keys loaded together do not expire together."""
        self._client = client
        self._ttl = ttl
        self._jitter = jitter
        self._prefix = prefix
        self._dumps = dumps
        self._loads = loads
        self._on_error = on_error or (lambda error: log.warning("the cache goes on without: %s", error))
        self._flights: dict = {}
        self._lock = threading.Lock()

    def get_or_set(self, key: str, load: Callable[[], Any], ttl: Optional[float] = None) -> Any:
        """The value of the key, or what `load` gives, None too. Errors of `load` reach everybody who waited, and are not kept."""
        with self._lock:
            flight = self._flights.get(key)
            first = flight is None
            if first:
                flight = self._flights[key] = _Flight()
        if not first:
            flight.done.wait()
            if flight.error is not None:
                raise flight.error
            return flight.value
        try:
            flight.value = self._look_up(key, load, ttl, flight)
            return flight.value
        except BaseException as error:
            flight.error = error
            raise
        finally:
            with self._lock:
                if self._flights.get(key) is flight:
                    del self._flights[key]
            flight.done.set()

    def delete(self, *keys: str) -> bool:
        """What was loading is not kept. False when the store could not be told: the old value then lives until its ttl."""
        with self._lock:
            for key in keys:
                flight = self._flights.pop(key, None)
                if flight is not None:
                    flight.dropped = True
        return self._tell(lambda: self._client.delete(*(self._prefix + key for key in keys)))

    def delete_pattern(self, pattern: str) -> bool:
        """Walks the store by SCAN, a part at a time, and never with KEYS, which holds up every other client."""

        def walk() -> None:
            batch = []
            for key in self._client.scan_iter(match=self._prefix + pattern, count=500):
                batch.append(key)
                if len(batch) >= 500:
                    self._client.delete(*batch)
                    batch = []
            if batch:
                self._client.delete(*batch)

        with self._lock:
            for flight in self._flights.values():
                flight.dropped = True
            self._flights.clear()
        return self._tell(walk)

    def _look_up(self, key: str, load: Callable[[], Any], ttl: Optional[float], flight: _Flight) -> Any:
        try:
            kept = self._client.get(self._prefix + key)
            if kept is not None:
                return self._loads(kept)["v"]
        except Exception as error:
            self._on_error(error)
            return load()
        value = load()
        if not flight.dropped:
            lasting = (self._ttl if ttl is None else ttl) * (1 - self._jitter * random.random())
            # In an envelope, so that None is an answer too.
            self._tell(lambda: self._client.set(self._prefix + key, self._dumps({"v": value}), px=max(1, int(lasting * 1000))))
        return value

    def _tell(self, run: Callable[[], Any]) -> bool:
        try:
            run()
            return True
        except Exception as error:
            self._on_error(error)
            return False
