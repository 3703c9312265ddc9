"""How the web process starts."""

import subprocess
import sys
from pathlib import Path

LOADED = """
import sys
import django
django.setup()
from django.core.handlers.wsgi import WSGIHandler
WSGIHandler()
from django.urls import get_resolver
get_resolver().url_patterns
print(*sorted(name for name in sys.modules if "." not in name))
"""


def test_web_process_loads_no_printer() -> None:
    """It takes over a second to load, and no page needs it."""
    started = subprocess.run(  # noqa: S603 our own interpreter
        [sys.executable, "-c", LOADED],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        text=True,
    )

    loaded = set(started.stdout.split())
    assert "letters" in loaded
    assert "weasyprint" not in loaded
