import fnmatch
import threading
import time
import unittest

from get_or_set_cache import GetOrSetCache


class FakeRedis:
    def __init__(self):
        self.data = {}
        self.down = False
        self.expiries = []

    def _check(self):
        if self.down:
            raise ConnectionError("Redis is away")

    def get(self, key):
        self._check()
        return self.data.get(key)

    def set(self, key, value, px=None):
        self._check()
        self.data[key] = value
        self.expiries.append(px)

    def delete(self, *keys):
        self._check()
        for key in keys:
            self.data.pop(key, None)

    def scan_iter(self, match, count):
        self._check()
        return [key for key in list(self.data) if fnmatch.fnmatchcase(key, match)]


class GetOrSetCacheTest(unittest.TestCase):
    def setUp(self):
        self.redis = FakeRedis()
        self.errors = []
        self.loads = 0
        self.cache = GetOrSetCache(self.redis, ttl=60, on_error=self.errors.append)

    def load(self):
        self.loads += 1
        return {"id": self.loads}

    def test_threads_that_miss_together_load_once(self):
        started = threading.Barrier(50)
        values = []

        def slow():
            self.loads += 1
            time.sleep(0.05)
            return self.loads

        def ask():
            started.wait()
            values.append(self.cache.get_or_set("a", slow))

        threads = [threading.Thread(target=ask) for _ in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(values, [1] * 50)
        self.assertEqual(self.loads, 1)

    def test_none_is_an_answer(self):
        def nothing():
            self.loads += 1
            return None

        for _ in range(3):
            self.assertIsNone(self.cache.get_or_set("a", nothing))
        self.assertEqual(self.loads, 1)

    def test_an_error_is_not_kept_and_loads_once(self):
        def fail():
            self.loads += 1
            raise ValueError("the database is away")

        with self.assertRaisesRegex(ValueError, "the database is away"):
            self.cache.get_or_set("a", fail)
        self.assertEqual(self.loads, 1)
        self.assertEqual(self.cache.get_or_set("a", self.load), {"id": 2})

    def test_a_store_that_is_away_costs_one_load_and_is_told(self):
        self.redis.down = True
        self.assertEqual(self.cache.get_or_set("a", self.load), {"id": 1})
        self.assertEqual(len(self.errors), 1)
        self.assertFalse(self.cache.delete("a"))
        self.redis.down = False
        self.assertEqual(self.cache.get_or_set("a", self.load), {"id": 2})

    def test_what_was_deleted_while_it_loaded_is_not_kept(self):
        def slow():
            self.cache.delete("a")
            return "old"

        self.assertEqual(self.cache.get_or_set("a", slow), "old")
        self.assertEqual(self.cache.get_or_set("a", lambda: "new"), "new")

    def test_expiry_is_not_synchronised(self):
        for key in range(50):
            self.cache.get_or_set(str(key), self.load)
        self.assertTrue(all(54_000 <= px <= 60_000 for px in self.redis.expiries))
        self.assertGreater(len(set(self.redis.expiries)), 1)

    def test_a_pattern_finds_its_keys_and_no_others(self):
        for key in ("user:1:x", "user:2:x", "order:1"):
            self.cache.get_or_set(key, self.load)
        self.assertTrue(self.cache.delete_pattern("user:*:x"))
        self.assertEqual(list(self.redis.data), ["cache:order:1"])


if __name__ == "__main__":
    unittest.main()
