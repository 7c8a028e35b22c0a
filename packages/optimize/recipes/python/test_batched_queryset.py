import unittest

import django
from django.conf import settings

if not settings.configured:
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"],
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    )
    django.setup()

from django.contrib.auth.models import Group  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from batched_queryset import batched_queryset  # noqa: E402


class BatchedQuerysetTest(unittest.TestCase):
    def setUp(self):
        with connection.schema_editor() as editor:
            editor.create_model(Group)
        Group.objects.bulk_create(Group(name=f"group {n}") for n in range(25))

    def tearDown(self):
        with connection.schema_editor() as editor:
            editor.delete_model(Group)

    def test_every_row_comes_once_in_parts(self):
        parts = list(batched_queryset(Group.objects.all(), 10))
        self.assertEqual([len(part) for part in parts], [10, 10, 5])
        self.assertEqual([group.pk for part in parts for group in part], sorted(Group.objects.values_list("pk", flat=True)))

    def test_one_query_a_part_and_no_offset(self):
        with CaptureQueriesContext(connection) as captured:
            for _ in batched_queryset(Group.objects.filter(name__startswith="group"), 10):
                pass
        self.assertEqual(len(captured), 3)
        self.assertFalse(any("OFFSET" in query["sql"] for query in captured))

    def test_rows_that_go_meanwhile_shift_nothing(self):
        seen = []
        for part in batched_queryset(Group.objects.all(), 10):
            seen.extend(group.pk for group in part)
            Group.objects.filter(pk__in=seen)._raw_delete("default")
        self.assertEqual(len(seen), 25)
        self.assertEqual(len(set(seen)), 25)

    def test_nothing_gives_nothing_and_a_size_of_none_is_refused(self):
        self.assertEqual(list(batched_queryset(Group.objects.none(), 10)), [])
        with self.assertRaises(ValueError):
            list(batched_queryset(Group.objects.all(), 0))


if __name__ == "__main__":
    unittest.main()
