import threading
import unittest

from monitor import Monitor


class MonitorTest(unittest.TestCase):
    def test_quantiles_are_right_to_3_percent_and_the_rest_exactly(self):
        monitor = Monitor()
        for n in range(1, 10_001):
            monitor.record("duration", n / 1000, route="/a")
        (one,) = monitor.snapshot()["duration"]
        self.assertEqual((one["count"], one["min"], one["max"]), (10_000, 0.001, 10.0))
        self.assertAlmostEqual(one["mean"], 5.0005)
        for seen, right in ((one["p50"], 5), (one["p95"], 9.5), (one["p99"], 9.9)):
            self.assertLess(abs(seen / right - 1), 0.03)

    def test_what_raises_is_counted_too(self):
        monitor = Monitor()
        with self.assertRaises(ValueError):
            with monitor.time("duration", route="/u/:id"):
                raise ValueError
        with monitor.time("duration", route="/u/:id"):
            pass
        labels = [one["labels"] for one in monitor.snapshot()["duration"]]
        self.assertEqual(labels, [{"outcome": "error", "route": "/u/:id"}, {"outcome": "ok", "route": "/u/:id"}])

    def test_labels_without_end_do_not_eat_the_memory(self):
        monitor = Monitor(max_series=10)
        for n in range(1000):
            monitor.record("duration", 0.1, path=f"/{n}")
        series = monitor.snapshot()["duration"]
        self.assertEqual(len(series), 11)
        self.assertEqual(series[-1]["labels"], {"path": "other"})
        self.assertEqual(series[-1]["count"], 990)

    def test_prometheus_text_has_escaped_labels_and_cumulative_buckets(self):
        monitor = Monitor(bounds=(0.1, 1))
        monitor.record("duration", 0.05, route='/a"b')
        monitor.record("duration", 0.5, route='/a"b')
        text = monitor.prometheus()
        for line in (
            "# TYPE duration histogram",
            'duration_bucket{route="/a\\"b",le="0.1"} 1',
            'duration_bucket{route="/a\\"b",le="1"} 2',
            'duration_bucket{route="/a\\"b",le="+Inf"} 2',
            'duration_count{route="/a\\"b"} 2',
        ):
            self.assertIn(line + "\n", text)

    def test_threads_lose_nothing(self):
        monitor = Monitor()
        threads = [threading.Thread(target=lambda: [monitor.record("duration", 0.1) for _ in range(1000)]) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(monitor.snapshot()["duration"][0]["count"], 8000)

    def test_what_is_strange_is_counted(self):
        monitor = Monitor()
        for value in (0, -1, 1e-12, 1e9):
            monitor.record("duration", value)
        (one,) = monitor.snapshot()["duration"]
        self.assertEqual((one["count"], one["min"], one["max"]), (4, 0.0, 1e9))


if __name__ == "__main__":
    unittest.main()
