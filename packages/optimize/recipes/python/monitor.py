"""What a service does, measured by itself in fixed memory: durations with count, mean, least, greatest, p50, p95 and p99, errors, and Prometheus text."""

import math
import threading
import time
from contextlib import contextmanager
from typing import Dict, Iterator, List, Sequence, Tuple

#: Seconds. With 2 and 5, the limits that are asked of p95 and p99 most.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
_PER_DOUBLING = 16
_LEAST = -20
_BUCKETS = 60 * _PER_DOUBLING


class Histogram:
    """Each doubling is cut into 16 buckets of equal ratio: a quantile is off by at most 2.2 %. Count, sum, least and greatest are exact."""

    __slots__ = ("count", "sum", "min", "max", "_buckets", "bounded")

    def __init__(self, bounds: int) -> None:
        self.count, self.sum, self.min, self.max = 0, 0.0, math.inf, 0.0
        self._buckets: Dict[int, int] = {}
        self.bounded = [0] * (bounds + 1)

    def record(self, value: float, bound: int) -> None:
        self.count += 1
        self.sum += value
        self.min = min(self.min, value)
        self.max = max(self.max, value)
        place = int((math.log2(value) - _LEAST) * _PER_DOUBLING) if value > 0 else 0
        place = max(0, min(_BUCKETS - 1, place))
        self._buckets[place] = self._buckets.get(place, 0) + 1
        self.bounded[bound] += 1

    def quantile(self, q: float) -> float:
        rank = max(1, math.ceil(q * self.count))
        if self.count == 0:
            return 0.0
        if rank == self.count:
            return self.max
        seen = 0
        for place in sorted(self._buckets):
            seen += self._buckets[place]
            if seen >= rank:
                return min(self.max, max(self.min, 2 ** (_LEAST + (place + 0.5) / _PER_DOUBLING)))
        return self.max


class Monitor:
    """
    >>> monitor = Monitor()
    >>> with monitor.time("http_request_duration_seconds", method="GET", route="/users/{id}"):
    ...     answer()
    >>> Response(monitor.prometheus(), mimetype="text/plain; version=0.0.4")
    """

    def __init__(self, bounds: Sequence[float] = BOUNDS, max_series: int = 1000) -> None:
        """max_series: combinations of labels of one metric that are kept apart; further ones count together as "other"."""
        self._bounds = tuple(bounds)
        self._max_series = max_series
        self._metrics: Dict[str, Dict[Tuple[Tuple[str, str], ...], Histogram]] = {}
        self._lock = threading.Lock()

    def record(self, metric: str, seconds: float, **labels: str) -> None:
        """Counts a duration. A label is one of few: a route's pattern, never what the client asked for."""
        value = max(0.0, seconds)
        bound = next((index for index, limit in enumerate(self._bounds) if value <= limit), len(self._bounds))
        key = tuple(sorted((name, str(label)) for name, label in labels.items()))
        with self._lock:
            series = self._metrics.setdefault(metric, {})
            if key not in series and len(series) >= self._max_series:
                key = tuple((name, "other") for name, _ in key)
            if key not in series:
                series[key] = Histogram(len(self._bounds))
            series[key].record(value, bound)

    @contextmanager
    def time(self, metric: str, **labels: str) -> Iterator[None]:
        """Counts what happens inside, also when it raises; the label `outcome` says which."""
        begun = time.perf_counter()
        outcome = "error"
        try:
            yield
            outcome = "ok"
        finally:
            self.record(metric, time.perf_counter() - begun, outcome=outcome, **labels)

    def snapshot(self) -> Dict[str, List[dict]]:
        """Everything since the start."""
        with self._lock:
            return {
                metric: [
                    {
                        "labels": dict(key),
                        "count": one.count,
                        "mean": one.sum / one.count,
                        "min": one.min,
                        "max": one.max,
                        "p50": one.quantile(0.5),
                        "p95": one.quantile(0.95),
                        "p99": one.quantile(0.99),
                    }
                    for key, one in series.items()
                ]
                for metric, series in self._metrics.items()
            }

    def prometheus(self) -> str:
        """Text exposition format 0.0.4."""
        lines: List[str] = []
        with self._lock:
            for metric, series in self._metrics.items():
                lines += [f"# HELP {metric} {metric}", f"# TYPE {metric} histogram"]
                for key, one in series.items():
                    labels = ",".join(f'{name}="{_escaped(label)}"' for name, label in key)
                    seen = 0
                    for index, count in enumerate(one.bounded):
                        seen += count
                        le = f"{self._bounds[index]:g}" if index < len(self._bounds) else "+Inf"
                        lines.append(f'{metric}_bucket{{{labels}{"," if labels else ""}le="{le}"}} {seen}')
                    braces = f"{{{labels}}}" if labels else ""
                    lines += [f"{metric}_sum{braces} {one.sum}", f"{metric}_count{braces} {one.count}"]
        return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
