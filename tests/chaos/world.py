"""Everything that a letter passes on its way, run for real and able to be killed: PostgreSQL,
Valkey, a mail server on a line that breaks, a stand-in for GOV.UK Notify, workers, schedulers."""

import contextlib
import os
import random
import sys
from collections import Counter
from pathlib import Path

import psycopg
import redis

from hjp_letters.command.local_settings import like_production
from hjp_letters.command.servers import FLEETING, Addresses, Postgres, Valkey, free_port
from tests import notify
from tests.chaos.relay import CuttingRelay
from tests.servers import Process

WORKERS, SCHEDULERS = 2, 2
_PROCESSES = 2
# What Notify meets a request with while there is trouble; it is never made to hang, which would
# only take time.
_FAULTS = (
    notify.Fault.HANGS_UP_UNREAD,
    notify.Fault.HANGS_UP_READ,
    notify.Fault.ACCEPTS_THEN_HANGS_UP,
    notify.Fault.ACCEPTS_HALF_ANSWERS,
    notify.Fault.ACCEPTS_THEN_500,
    notify.Fault.SERVER_ERROR,
    notify.Fault.UNAVAILABLE,
)


class World:
    """Made in a folder of its own; `lots` draws its troubles."""

    def __init__(self, folder: Path, *, lots: random.Random) -> None:
        self._lots = lots
        self._folder = folder
        options = dict(FLEETING) | {"max_connections": "150"}
        sockets = folder / "sockets"
        sockets.mkdir()
        self.postgres = Postgres(folder / "postgres", sockets, options)
        self.valkey = Valkey(folder / "valkey")
        self._mail_port, self._accepted = free_port(), folder / "accepted.txt"
        self.relay = CuttingRelay(self._mail_port, seed=lots.randrange(2**32))
        self.notify = notify.NotifyServer()
        self.is_troubled = False
        self.receiver: Process | None = None
        self.workers: list[Process] = []
        self.schedulers: list[Process] = []

    def start(self) -> None:
        """All but workers and schedulers, which need the tables first."""
        self.postgres.start()
        self.valkey.start()
        with psycopg.connect(
            host=str(self.postgres.sockets), user="postgres", autocommit=True
        ) as c:
            c.execute("CREATE DATABASE hjp_letters")
        self.start_receiver()
        self.notify.faults = self._fault
        self.notify.start()

    def environment(self) -> dict[str, str]:
        """As a service in production has it, on these servers."""
        addresses = Addresses(database_url=self.postgres.url, redis_url=self.valkey.url)
        return like_production(addresses) | {
            "HTTPS": "false",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.relay.port}",
            "MAIL_FROM": "letters@partnership.example",
            "VAR_DIR": str(self._folder),
            "UNDO_SECONDS": "0",
            "NOTIFY_API_KEY": notify.API_KEY,
            "NOTIFY_BASE_URL": self.notify.url,
            "NOTIFY_EMAIL_TEMPLATE": notify.EMAIL_TEMPLATE,
            "NOTIFY_TEXT_TEMPLATE": notify.TEXT_TEMPLATE,
            "NOTIFY_CALLBACK_TOKENS": "a-token-for-tests-that-opens-nothing",
        }

    def start_receiver(self) -> None:
        words = ("-m", "tests.chaos.receiver", str(self._mail_port), str(self._accepted))
        self.receiver = Process(sys.executable, *words, environment={})
        self.receiver.wait_for_line("listening")

    def start_worker(self, *, ahead: int = 0) -> None:
        """Another one, its clock so many seconds ahead."""
        words = ("worker", "--without-gossip", "--without-mingle", f"--concurrency={_PROCESSES}")
        self.workers.append(self._celery(ahead, *words))

    def start_scheduler(self, *, ahead: int = 0) -> None:
        """Another one, its clock so many seconds ahead."""
        self.schedulers.append(self._celery(ahead, "beat"))

    def _celery(self, ahead: int, *words: str) -> Process:
        before = ("-m", "tests.chaos.clocked", str(ahead), "-A", "worker.app")
        return Process(sys.executable, *before, *words, environment=dict(os.environ))

    def cut_database(self) -> None:
        """Every connection at once, as a network does."""
        with psycopg.connect(
            host=str(self.postgres.sockets), user="postgres", autocommit=True
        ) as c:
            c.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND datname = 'hjp_letters'"
            )

    def cut_broker(self) -> None:
        with redis.Redis.from_url(self.valkey.url) as client:
            client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")

    def calm(self) -> None:
        """From now on everything holds."""
        self.is_troubled, self.relay.share = False, 0.0

    def trouble(self, share: float) -> None:
        self.is_troubled, self.relay.share = True, share

    def _fault(self) -> notify.Fault:
        if not self.is_troubled or self._lots.random() >= self.relay.share:
            return notify.Fault.NONE
        return self._lots.choice(_FAULTS)

    def accepted(self) -> Counter[str]:
        """How often each dispatch was taken, by its id: by the mail server and by Notify."""
        names = self._accepted.read_text().split() if self._accepted.exists() else []
        mailed = Counter(name.strip("<>").partition("@")[0] for name in names)
        return mailed + Counter(self.notify.counted())

    def stop(self) -> None:
        for process in (*self.schedulers, *self.workers, self.receiver):
            if process is not None:
                process.kill()
        self.relay.stop()
        with contextlib.suppress(Exception):
            self.notify.stop()
        self.valkey.stop()
        self.postgres.stop()
