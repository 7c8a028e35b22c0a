import unittest

from celery import Celery

from background_job import background_job


class BackgroundJobTest(unittest.TestCase):
    def setUp(self):
        self.app = Celery("test", broker="memory://", backend="cache+memory://")
        self.calls = 0

    def test_a_job_is_tried_again_until_it_succeeds(self):
        @background_job(self.app, "test.flaky")
        def flaky(order_id):
            self.calls += 1
            if self.calls < 3:
                raise ConnectionError("not yet")
            return order_id

        self.assertEqual(flaky.apply(args=[7]).get(), 7)
        self.assertEqual(self.calls, 3)

    def test_the_last_error_is_the_result(self):
        @background_job(self.app, "test.broken", attempts=2)
        def broken():
            self.calls += 1
            raise ValueError(f"attempt {self.calls}")

        result = broken.apply()
        self.assertTrue(result.failed())
        self.assertEqual(str(result.result), "attempt 2")

    def test_a_worker_that_is_killed_loses_nothing_and_waits_are_spread(self):
        @background_job(self.app, "test.safe", longest_wait=60)
        def safe():
            return None

        self.assertTrue(safe.acks_late and safe.reject_on_worker_lost)
        self.assertEqual((safe.retry_backoff_max, safe.retry_jitter), (60, True))


if __name__ == "__main__":
    unittest.main()
