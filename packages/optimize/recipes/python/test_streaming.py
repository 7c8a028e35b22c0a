import json
import unittest

from streaming import batches, json_array


class StreamingTest(unittest.TestCase):
    def test_batches_of_any_iterable_the_last_one_shorter(self):
        for source in ([1, 2, 3, 4, 5], iter([1, 2, 3, 4, 5]), range(1, 6)):
            self.assertEqual(list(batches(source, 2)), [[1, 2], [3, 4], [5]])
        self.assertEqual(list(batches([], 2)), [])
        with self.assertRaises(ValueError):
            list(batches([1], 0))

    def test_the_source_is_read_no_further_than_is_taken(self):
        read = []

        def endless():
            n = 0
            while True:
                read.append(n)
                yield n
                n += 1

        first = next(batches(endless(), 10))
        self.assertEqual(len(first), 10)
        self.assertEqual(len(read), 10)

    def test_an_array_of_json_is_written_piece_by_piece(self):
        rows = [{"id": n, "name": "x" * 50} for n in range(2000)]
        pieces = list(json_array(rows))
        self.assertGreater(len(pieces), 3)
        self.assertTrue(all(len(piece) < 20_000 for piece in pieces))
        self.assertEqual(json.loads("".join(pieces)), rows)
        self.assertEqual("".join(json_array([])), "[]")


if __name__ == "__main__":
    unittest.main()
