"""Sets everything up and runs web, worker and scheduler together until told to stop."""

import contextlib
import fcntl
import hashlib
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping

from hjp_letters.command import frontend, local_settings, processes, servers, system
from hjp_letters.command.places import PYTHON, ROOT, VAR, VENV, CannotGoOn, say

FIRST_PORT = 8000
PORTS_TRIED = 50
COLLECTED = VAR / "static" / ".hjp"


def main(arguments: list[str]) -> int:
    """Exit status 0 when stopped by the person, 1 when something ended by itself."""
    if arguments:
        raise CannotGoOn("./hjp up takes no arguments; settings are read from the environment.")
    # SIGINT too: a shell that starts it in the background has it ignored.
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    try:
        with _only_one():
            return _run()
    except KeyboardInterrupt:
        say("Stopped.")
        return 0


def _run() -> int:
    system.ensure(system.LETTERS)
    frontend.install()
    with _servers() as addresses:
        port = _port()
        environment = environment_for(port, addresses)
        sign_ins = _prepare(environment)
        with processes.running(_programs(port), environment) as started:
            processes.wait_for_web(port, started)
            say(f"\nReady: {environment['PUBLIC_URL']}  (Ctrl-C stops everything)\n\n{sign_ins}")
            ended = processes.wait_for_an_end(started)
    say(f"{ended} ended by itself, so everything was stopped; its last lines stand above.")
    return 1


@contextlib.contextmanager
def _only_one() -> Iterator[None]:
    """Two services on the same data would spoil it."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotGoOn("./hjp up is running already in this folder; stop it first.") from None
        yield


@contextlib.contextmanager
def _servers() -> Iterator[dict[str, str]]:
    """Servers of our own only where the person named none."""
    addresses = {}
    with contextlib.ExitStack() as stack:
        if not os.environ.get("DATABASE_URL"):
            data = servers.postgres(VAR / "postgres", servers.LASTING)
            addresses["DATABASE_URL"] = stack.enter_context(data)
        if not os.environ.get("REDIS_URL"):
            addresses["REDIS_URL"] = stack.enter_context(servers.valkey(VAR / "valkey"))
        yield addresses


def environment_for(port: int, addresses: Mapping[str, str]) -> dict[str, str]:
    """What the person gives in the environment wins over all of it."""
    ours = {
        "DJANGO_SETTINGS_MODULE": "hjp_letters.settings",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        # Plain http on this machine alone; a real service leaves this at its default.
        "HTTPS": "false",
        "PYTHONUNBUFFERED": "1",
        # Celery warns a root at every start; here it is the person's own machine.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
    }
    given = {name: value for name, value in os.environ.items() if value}
    return ours | local_settings.generated() | dict(addresses) | given


def _programs(port: int) -> tuple[processes.Program, ...]:
    """In the order they start; they stop in the opposite order."""
    celery = (str(PYTHON), "-m", "celery", "--quiet", "-A", "worker.app")
    quiet = ("--without-gossip", "--without-mingle")
    gunicorn = (str(VENV / "bin" / "gunicorn"), "hjp_letters.wsgi", "--no-control-socket")
    bound = ("--bind", f"127.0.0.1:{port}", "--workers", "2")
    return (
        processes.Program(name="worker", command=(*celery, "worker", "--concurrency=1", *quiet)),
        processes.Program(name="scheduler", command=(*celery, "beat", "--pidfile=")),
        processes.Program(name="web", command=(*gunicorn, *bound)),
    )


def _prepare(environment: Mapping[str, str]) -> str:
    """Tables and static files; answers with how to sign in. The demonstration has passwords that
    everybody can read here, so a database of somebody's own gets it only when asked."""
    say("Preparing the database.")
    _manage(environment, "migrate", "--verbosity=0")
    _collect_static(environment)
    if os.environ.get("DATABASE_URL") and environment.get("DEMONSTRATION") != "yes":
        return "Your own database: no demonstration in it. docs/running.md tells how to add people."
    return _manage(environment, "demonstrate")


def _collect_static(environment: Mapping[str, str]) -> None:
    digest = _static_digest()
    if COLLECTED.exists() and COLLECTED.read_text() == digest:
        return
    say("Preparing the static files.")
    # The framework's own page for trying out an API is not served.
    unused = ("--ignore", "rest_framework")
    _manage(environment, "collectstatic", "--noinput", "--clear", "--verbosity=0", *unused)
    COLLECTED.write_text(digest)


def _static_digest() -> str:
    """Our own files by content, those of packages by the lists they are locked in."""
    folders = (ROOT / "letters" / "web" / "static", frontend.SOURCES)
    files = [file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()]
    digest = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    for file in files:
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()


def _manage(environment: Mapping[str, str], *words: str) -> str:
    done = subprocess.run(
        [str(PYTHON), str(ROOT / "manage.py"), *words],
        cwd=ROOT,
        env=dict(environment),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotGoOn(f"manage.py {words[0]} failed; what it said stands above.")
    return done.stdout.rstrip()


def _port() -> int:
    given = os.environ.get("PORT", "")
    if given:
        if not given.isdigit() or not servers.is_free(int(given)):
            raise CannotGoOn(f"PORT={given} is taken or not a number; give another or none.")
        return int(given)
    ports = range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)
    free = next(filter(servers.is_free, ports), None)
    if free is None:
        raise CannotGoOn("No free port was found from 8000 on; give one: PORT=9000 ./hjp up")
    return free
