"""The real parts around a test: a mail server, the worker and the web process."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import StrEnum
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection

from hjp_letters.command.servers import die_with_parent, free_port

ROOT = Path(__file__).resolve().parent.parent
WAIT_SECONDS = 30.0


class DidNotHappen(AssertionError):
    """What a test waited for did not come; the message holds what was seen instead."""


class Mood(StrEnum):
    """How the mail server meets the next message."""

    ACCEPTS = "accepts"
    REFUSES = "refuses"
    DEFERS = "defers"
    HANGS = "hangs"
    DROPS = "drops"
    ACCEPTS_THEN_DROPS = "accepts_then_drops"


class MailServer:
    """A real SMTP server on the loopback address, in a mood that the test sets."""

    def __init__(self) -> None:
        self.mood = Mood.ACCEPTS
        self.messages: list[EmailMessage] = []
        self._changed = threading.Condition()
        self._released = threading.Event()
        self._attempts = 0
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._controller.port

    @property
    def url(self) -> str:
        """The same as EMAIL_URL has it."""
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen."""
        self._controller.start()

    def stop(self) -> None:
        """Let go of whoever hangs, and stop listening."""
        self._released.set()
        self._controller.stop(no_assert=True)

    def wait_for_messages(self, count: int, seconds: float = WAIT_SECONDS) -> list[EmailMessage]:
        """The messages accepted, once there are `count`."""
        self._wait(lambda: len(self.messages) >= count, f"{count} messages", seconds)
        return list(self.messages)

    def wait_for_attempts(self, count: int, seconds: float = WAIT_SECONDS) -> None:
        """Until `count` messages have been offered, whatever became of them."""
        self._wait(lambda: self._attempts >= count, f"{count} attempts", seconds)

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        """Refuse or defer before any content is sent, as most servers do."""
        refusals = {
            Mood.REFUSES: "550 5.1.1 No such mailbox",
            Mood.DEFERS: "450 4.2.1 Mailbox busy, try again later",
        }
        if self.mood in refusals:
            self._note_attempt()
            return refusals[self.mood]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  # aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep the message, or fail at the worst moment."""
        mood = self.mood
        if mood in {Mood.ACCEPTS, Mood.ACCEPTS_THEN_DROPS}:
            self._keep(envelope)
        self._note_attempt()
        if mood is Mood.HANGS:
            await server.loop.run_in_executor(None, self._released.wait)
        if mood is not Mood.ACCEPTS:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 Accepted"

    def _keep(self, envelope: Envelope) -> None:
        content = envelope.content
        assert isinstance(content, bytes)
        with self._changed:
            self.messages.append(message_from_bytes(content, policy=policy.default))
            self._changed.notify_all()

    def _note_attempt(self) -> None:
        with self._changed:
            self._attempts += 1
            self._changed.notify_all()

    def _wait(self, reached: Callable[[], bool], what: str, seconds: float) -> None:
        with self._changed:
            if not self._changed.wait_for(reached, timeout=seconds):
                seen = f"{len(self.messages)} messages, {self._attempts} attempts"
                raise DidNotHappen(f"waited {seconds} s for {what}; saw {seen}")


class Process:
    """One of our own programs, run for real, with its lines kept for the test to wait on."""

    def __init__(self, *command: str, environment: dict[str, str]) -> None:
        self._lines: list[str] = []
        self._silent = False
        self._changed = threading.Condition()
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """Of the parent; its pool processes are its children."""
        return self._process.pid

    @property
    def output(self) -> str:
        """All it has said so far."""
        with self._changed:
            return "\n".join(self._lines)

    def wait_for_line(self, words: str, seconds: float = WAIT_SECONDS) -> str:
        """The first line that holds `words`."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while not (found := next((line for line in self._lines if words in line), "")):
                if self._silent or not self._changed.wait(deadline - time.monotonic()):
                    said = "\n".join(self._lines[-30:])
                    raise DidNotHappen(f"waited for {words!r}; the process said:\n{said}")
            return found

    def kill(self) -> None:
        """As a power cut would: the whole group, without a word."""
        if not self._ended():
            os.killpg(self.pid, signal.SIGKILL)
        self._finish()

    def kill_children(self, words: str = "") -> None:
        """As the kernel does when memory runs out: the children, here those called by `words`."""
        for child in _children(self.pid):
            if words.encode() in Path(f"/proc/{child}/cmdline").read_bytes():
                os.kill(child, signal.SIGKILL)

    def wait(self, seconds: float = WAIT_SECONDS) -> int:
        """Until it ends by itself; its exit status."""
        self._process.wait(seconds)
        return self._finish()

    def stop(self, seconds: float = WAIT_SECONDS) -> int:
        """Politely; its exit status."""
        if not self._ended():
            self._process.terminate()
            try:
                self._process.wait(seconds)
            except subprocess.TimeoutExpired:
                os.killpg(self.pid, signal.SIGKILL)
        return self._finish()

    def _finish(self) -> int:
        status = self._process.wait(WAIT_SECONDS)
        self._reader.join(WAIT_SECONDS)
        if self._process.stdout is not None:
            self._process.stdout.close()
        return status

    def _ended(self) -> bool:
        return self._process.poll() is not None

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._changed:
                self._lines.append(line.rstrip())
                self._changed.notify_all()
        with self._changed:
            self._silent = True
            self._changed.notify_all()


def start_worker(*, email_url: str) -> Process:
    """The real Celery worker on this test's rows and queue, once it takes jobs."""
    worker = Process(
        *(sys.executable, "-m", "celery", "-A", "worker.app", "worker"),
        *("--concurrency=1", "--without-gossip", "--without-mingle"),
        environment=_same_rows_and_queue() | {"EMAIL_URL": email_url},
    )
    worker.wait_for_line("ready.")
    return worker


def start_web() -> tuple[Process, str]:
    """The real web process on the rows of this process's tests, and its address, once it
    listens."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    web = Process(
        *(sys.executable, "-m", "gunicorn", "hjp_letters.wsgi", "--no-control-socket"),
        *("--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"),
        environment=_same_rows_and_queue() | {"PUBLIC_URL": address},
    )
    web.wait_for_line("Booting worker")
    return web, address


def _children(pid: int) -> list[int]:
    """Through every thread, since the kernel lists them by the one that started them."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for text in lists for child in text.read_text().split()]


def wait_until(true: Callable[[], bool], what: str, seconds: float = WAIT_SECONDS) -> None:
    """For rows that another process writes: ask again until it is so."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not true():
        if time.monotonic() > deadline:
            raise DidNotHappen(f"waited {seconds} s for {what}")
        pause.wait(0.05)


def _same_rows_and_queue() -> dict[str, str]:
    """The database of this test process, which pytest-django named, and its numbered queue."""
    name = connection.settings_dict["NAME"]
    host = connection.settings_dict["OPTIONS"]["host"]
    return {
        "DJANGO_SETTINGS_MODULE": "hjp_letters.settings_test",
        "DATABASE_URL": f"postgresql://postgres@/{name}?host={host}",
        "REDIS_URL": os.environ["REDIS_URL"],
    }
