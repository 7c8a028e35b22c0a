"""Django with views, templates and an API of functions, over SQLite in memory.

repository: https://github.com/healthchecks/healthchecks
commit: 29b5ec251059034b79e0120e2ff0c3e35d7bd9f8
python: 3.12
requirements: requirements.txt
"""
import json
import os
import pathlib
import sys
import uuid
from datetime import timedelta

folder, sizes = sys.argv[1], [int(one) for one in sys.argv[2].split(",")]
sys.path[:0] = [folder, str(pathlib.Path(__file__).parent.parent / "python")]
sys.dont_write_bytecode = True
os.environ.update(DJANGO_SETTINGS_MODULE="hc.settings", DB="sqlite", DB_NAME=":memory:", DEBUG="False", SECRET_KEY="bench", ALLOWED_HOSTS="*")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils.timezone import now  # noqa: E402

from counting import counted  # noqa: E402
from hc.accounts.models import Member, Profile, Project  # noqa: E402
from hc.api.models import Channel, Check, Flip, Notification, Ping  # noqa: E402

# Its style sheets are put together by a program that is not installed.
settings.COMPRESS_ENABLED = False


def seed(size):
    """One project of `size` checks, `size` channels and members; each check has `size` pings and one flip. A member asks, whose membership is read:
    where data decides, the requests take the long way."""
    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    owner = User.objects.create(username="owner", email="owner@example.org")
    Profile.objects.create(user=owner, last_active_date=now(), check_limit=500)
    project = Project.objects.create(owner=owner, name="P", api_key="X" * 32, badge_key="owner", ping_key="p" * 22)
    for n in range(size):
        member = User.objects.create(username=f"u{n}", email=f"u{n}@example.org")
        Profile.objects.create(user=member, last_active_date=now(), nag_period=timedelta(hours=1), next_nag_date=now())
        Member.objects.create(user=member, project=project, role=Member.Role.MANAGER)
    channels = [
        Channel.objects.create(project=project, kind="email", value=json.dumps({"value": f"c{n}@example.org", "up": True, "down": True}), email_verified=True)
        for n in range(size)
    ]
    checks = [
        Check.objects.create(project=project, name=f"c{n}", slug=f"c{n}", tags=f"t{n}", status="up", last_ping=now(), n_pings=size)
        for n in range(size)
    ]
    for check in checks:
        check.channel_set.set(channels)
        for n in range(size):
            Ping.objects.create(owner=check, n=n + 1, kind=None, scheme="http", method="GET", body_raw=b"b")
        Flip.objects.create(owner=check, created=now(), processed=now(), old_status="new", new_status="up")
        Notification.objects.create(owner=check, channel=channels[0], check_status="down", code=uuid.uuid4())
    return member, project, channels, checks


def observe(size):
    member, project, channels, checks = seed(size)
    check, channel = checks[0], channels[0]
    key = {"HTTP_X_API_KEY": "X" * 32}
    browser = Client()
    browser.force_login(member)
    anonymous = Client()
    of = dict.fromkeys("check checks channel channels ping pings flip flips member members profile project user".split(), size) | {"POST": 0}
    unique = check.unique_key
    get, post, ping = "GET", "POST", "ping"
    # The hundredth ping of a check removes old ones; a status that changes is noted.
    up, new = checks[2], checks[3]
    Check.objects.filter(pk__in=[up.pk, new.pk]).update(n_pings=99)
    Check.objects.filter(pk=new.pk).update(status="new")
    # The client, the route's name, method, path, body.
    calls = [
        (anonymous, "GET /api/v3/checks/", get, "/api/v3/checks/", None),
        (anonymous, "GET /api/v3/checks/<uuid:code>", get, f"/api/v3/checks/{check.code}", None),
        (anonymous, "ANY /api/v3/checks/<sha1:unique_key>", get, f"/api/v3/checks/{unique}", None),
        (anonymous, "ANY /api/v3/channels/", get, "/api/v3/channels/", None),
        (anonymous, "ANY /api/v3/badges/", get, "/api/v3/badges/", None),
        (anonymous, "ANY /api/v3/checks/<uuid:code>/pings/", get, f"/api/v3/checks/{check.code}/pings/", None),
        (anonymous, "ANY /api/v3/checks/<uuid:code>/pings/<int:n>/body", get, f"/api/v3/checks/{check.code}/pings/1/body", None),
        (anonymous, "ANY /api/v3/checks/<uuid:code>/flips/", get, f"/api/v3/checks/{check.code}/flips/", None),
        (anonymous, "ANY /api/v3/status/", get, "/api/v3/status/", None),
        (anonymous, "ANY /ping/<uuid:code>", ping, f"/ping/{new.code}", None),
        (anonymous, "ANY /ping/<slug:ping_key>/<slug:slug>", get, f"/ping/{'p' * 22}/{check.slug}", None),
        (browser, "ANY /projects/menu/", get, "/projects/menu/", None),
        (browser, "ANY /projects/<uuid:code>/checks/", get, f"/projects/{project.code}/checks/", None),
        (browser, "ANY /projects/<uuid:code>/checks/status/", get, f"/projects/{project.code}/checks/status/", None),
        (browser, "GET /projects/<uuid:code>/integrations/", get, f"/projects/{project.code}/integrations/", None),
        (browser, "GET /projects/<uuid:code>/settings/", get, f"/projects/{project.code}/settings/", None),
        (browser, "GET /projects/<uuid:code>/badges/", get, f"/projects/{project.code}/badges/", None),
        (browser, "ANY /projects/<uuid:code>/add_email/", get, f"/projects/{project.code}/add_email/", None),
        (browser, "ANY /checks/<uuid:code>/details/", get, f"/checks/{check.code}/details/?urls=slug", None),
        (browser, "ANY /checks/<uuid:code>/log/", get, f"/checks/{check.code}/log/", None),
        (browser, "ANY /checks/<uuid:code>/status/", get, f"/checks/{check.code}/status/", None),
        (browser, "ANY /checks/<uuid:code>/pings/<int:n>/", get, f"/checks/{check.code}/pings/1/", None),
        (browser, "ANY /integrations/<uuid:code>/checks/", get, f"/integrations/{channel.code}/checks/", None),
        (browser, "ANY /docs/", get, "/docs/", None),
        (browser, "POST /checks/<uuid:code>/name/", post, f"/checks/{check.code}/name/", {"name": "n"}),
        (browser, "POST /checks/<uuid:code>/pause/", post, f"/checks/{check.code}/pause/", {}),
        (browser, "POST /checks/<uuid:code>/resume/", post, f"/checks/{check.code}/resume/", {}),
        (browser, "POST /checks/<uuid:code>/copy/", post, f"/checks/{check.code}/copy/", {}),
        (browser, "POST /checks/<uuid:code>/clear_events/", post, f"/checks/{check.code}/clear_events/", {}),
        (browser, "POST /integrations/<uuid:code>/name/", post, f"/integrations/{channel.code}/name/", {"name": "n"}),
        (browser, "POST /projects/<uuid:code>/checks/add/", post, f"/projects/{project.code}/checks/add/", {"name": "n", "slug": "n", "kind": "simple", "timeout": 60, "grace": 60, "tz": "UTC"}),
        (browser, "POST /checks/<uuid:code>/remove/", post, f"/checks/{checks[1].code}/remove/", {}),
        (browser, "POST /integrations/<uuid:code>/remove/", post, f"/integrations/{channels[1].code}/remove/", {}),
        (browser, "POST /projects/add/", post, "/projects/add/", {"name": "n"}),
        (anonymous, "ANY /ping/<uuid:code>/fail", ping, f"/ping/{up.code}/fail", None),
    ]
    out = []
    for client, route, method, path, body in calls:
        send = lambda: client.post(path, body) if method == post else client.get(path, **key)  # noqa: E731
        if method == get:
            send()
        seen, answer = counted(send)
        if os.environ.get("SHOW"):
            print(route, *seen, sep="\n    ", file=sys.stderr)
        out.append({"route": route, "status": answer.status_code, "counts": {"queries": len(seen)}, "sizes": of})
    return out


print(json.dumps([observe(size) for size in sizes]))
