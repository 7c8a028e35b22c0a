"""Counts the statements of the clinic's routes: `python clinic.py <folder> <sizes>`; prints one list of observations a size."""
import json
import os
import sys

folder, sizes = sys.argv[1], [int(one) for one in sys.argv[2].split(",")]
sys.path.insert(0, folder)
sys.dont_write_bytecode = True
os.environ["DJANGO_SETTINGS_MODULE"] = "clinic.settings"
os.environ["CLINIC_DATABASE"] = ":memory:"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from counting import counted  # noqa: E402
from visits.management.commands.seed import seed  # noqa: E402


def observe(size):
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    seed(size)
    from patients.models import Patient
    from pharmacy.models import Drug
    from visits.models import Visit

    patient, drug, visit = Patient.objects.order_by("id")[0].pk, Drug.objects.get().pk, Visit.objects.order_by("id")[0].pk
    ids = list(Visit.objects.values_list("id", flat=True))
    of = {"patient": size, "patients": size, "doctor": size, "doctors": size, "visit": size, "visits": size, "ids": size, "prescription": size}
    calls = [
        ("ANY /patients/", "/patients/", None),
        ("ANY /patients/joined/", "/patients/joined/", None),
        ("ANY /patients/counts/", "/patients/counts/", None),
        ("ANY /patients/counts/grouped/", "/patients/counts/grouped/", None),
        ("ANY /patients/workloads/", "/patients/workloads/", None),
        ("ANY /patients/<int:pk>/", f"/patients/{patient}/", None),
        ("ANY /patients/<int:pk>/history/", f"/patients/{patient}/history/", None),
        ("ANY /patients/<int:pk>/history/prefetched/", f"/patients/{patient}/history/prefetched/", None),
        ("ANY /visits/sheet/", "/visits/sheet/", None),
        ("ANY /visits/sheet/joined/", "/visits/sheet/joined/", None),
        ("ANY /visits/open/", "/visits/open/", None),
        ("ANY /visits/open/counted/", "/visits/open/counted/", None),
        ("ANY /visits/close/", "/visits/close/", ids),
        ("ANY /visits/close/at-once/", "/visits/close/at-once/", ids),
        ("ANY /pharmacy/drugs/<int:pk>/take/", f"/pharmacy/drugs/{drug}/take/", None),
        ("ANY /pharmacy/drugs/<int:pk>/take/at-once/", f"/pharmacy/drugs/{drug}/take/at-once/", None),
        ("GET /api/slow-visits/", "/api/slow-visits/", None),
        ("GET /api/slow-visits/<pk>/", f"/api/slow-visits/{visit}/", None),
        ("GET /api/visits/", "/api/visits/", None),
        ("GET /api/visits/<pk>/", f"/api/visits/{visit}/", None),
        ("GET /api/prescriptions/", "/api/prescriptions/", None),
    ]
    client = Client()
    out = []
    for route, path, body in calls:
        send = lambda: client.get(path) if body is None else client.post(path, body, content_type="application/json")  # noqa: E731
        seen, answer = counted(send)
        out.append({"route": route, "status": answer.status_code, "counts": {"queries": len(seen)}, "sizes": of})
    return out


print(json.dumps([observe(size) for size in sizes]))
