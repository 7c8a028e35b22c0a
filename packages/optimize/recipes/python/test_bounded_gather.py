import asyncio
import unittest

from bounded_gather import bounded_gather


class BoundedGatherTest(unittest.IsolatedAsyncioTestCase):
    async def test_results_come_in_order_and_no_more_than_so_many_run(self):
        running, most = 0, 0

        async def run(n):
            nonlocal running, most
            running += 1
            most = max(most, running)
            await asyncio.sleep(n / 1000)
            running -= 1
            return n * 2

        self.assertEqual(await bounded_gather([5, 1, 3, 2, 4], run, limit=2), [10, 2, 6, 4, 8])
        self.assertEqual(most, 2)

    async def test_a_slow_item_holds_up_nothing(self):
        held = asyncio.Event()
        done = set()

        async def run(n):
            if n == 0:
                await held.wait()
            done.add(n)

        task = asyncio.ensure_future(bounded_gather(range(6), run, limit=2))
        await asyncio.sleep(0.02)
        self.assertEqual(done, {1, 2, 3, 4, 5})
        held.set()
        await task

    async def test_the_first_error_cancels_what_runs_and_starts_nothing_further(self):
        started, cancelled = [], []

        async def run(n):
            started.append(n)
            try:
                await asyncio.sleep(0.001 if n == 1 else 1)
            except asyncio.CancelledError:
                cancelled.append(n)
                raise
            raise ValueError("bad item")

        with self.assertRaisesRegex(ValueError, "bad item"):
            await bounded_gather(range(5), run, limit=2)
        self.assertEqual(started, [0, 1])
        self.assertEqual(cancelled, [0])

    async def test_errors_stand_among_the_results_when_asked(self):
        async def run(n):
            if n % 2:
                raise ValueError(n)
            return n

        results = await bounded_gather(range(4), run, limit=2, return_exceptions=True)
        self.assertEqual([type(result) for result in results], [int, ValueError, int, ValueError])

    async def test_items_are_taken_when_there_is_room(self):
        taken = []

        def items():
            for n in range(1000):
                taken.append(n)
                yield n

        async def run(n):
            self.assertLessEqual(len(taken), n + 3)
            await asyncio.sleep(0)

        self.assertEqual(len(await bounded_gather(items(), run, limit=3)), 1000)

    async def test_a_limit_that_is_none_is_refused(self):
        with self.assertRaises(ValueError):
            await bounded_gather([], lambda _: asyncio.sleep(0), limit=0)


if __name__ == "__main__":
    unittest.main()
