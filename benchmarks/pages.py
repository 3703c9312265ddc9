"""Pages: what the lists of an adviser and a clinician cost when a partnership has many cases.

`./hjp bench pages` starts PostgreSQL and Valkey of its own, and prints JSON: the middle time of
each list in the server, with 1,000 and with 100,000 cases of one team, how often each asks the
database, and what each weighs. What counts are the ratios of one run.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import django
from django.core.management import call_command

from hjp_letters.command import servers
from hjp_letters.command.local_settings import like_production

SHORT, LONG = 1_000, 100_000
ROUNDS = 9
LISTS = ("/worklist/", "/cases/", "/start/", "/incoming/", "/operations/", "/summary/")


def main() -> int:
    """Measure and print the JSON; it judges nothing."""
    with tempfile.TemporaryDirectory(prefix="hjp-bench-") as folder:
        Path(folder).chmod(0o711)
        with servers.running(Path(folder)) as addresses:
            os.environ |= like_production(addresses) | {
                "DJANGO_SETTINGS_MODULE": "hjp_letters.settings",
                "HTTPS": "false",
                "VAR_DIR": folder,
            }
            django.setup()
            call_command("collectstatic", "--noinput", "--verbosity=0", "--ignore=rest_framework")
            print(json.dumps(_figures(), indent=2))  # noqa: T201 - the terminal is the page
    return 0


def _figures() -> dict[str, Any]:
    from benchmarks import _cases as cases  # needs the settings

    house, case = cases.make_one()
    cases.copy(case, SHORT - 1)
    short = {path: _looked_at(house.adviser, path) for path in LISTS}
    print(json.dumps(short), file=sys.stderr, flush=True)  # noqa: T201
    cases.copy(case, LONG - SHORT)
    long = {path: _looked_at(house.adviser, path) for path in LISTS}
    return {
        path: {
            "ms_at_1000": short[path]["ms"],
            "ms_at_100000": long[path]["ms"],
            "long_to_short": round(long[path]["ms"] / short[path]["ms"], 2),
            "queries_at_1000": short[path]["queries"],
            "queries_at_100000": long[path]["queries"],
            "kilobytes": long[path]["kilobytes"],
        }
        for path in LISTS
    }


def _looked_at(user: Any, path: str) -> dict[str, float]:
    from django.conf import settings
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.sign_in import browser_of

    client = browser_of(user)
    client.defaults["SERVER_NAME"] = settings.ALLOWED_HOSTS[0]
    with CaptureQueriesContext(connection) as queries:
        page = client.get(path)
    asked = len(queries)  # the next request forgets them
    assert page.status_code == 200, (path, page.status_code)  # noqa: S101 - measured for nothing
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - began) * 1_000)
    return {
        "ms": round(median(times), 1),
        "queries": asked,
        "kilobytes": round(len(page.content) / 1_000, 1),
    }
