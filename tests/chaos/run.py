"""Whether every letter is accepted exactly once, or listed as unknown, while everything it passes
is killed and cut: `./hjp chaos [--letters N] [--seconds S] [--seed N]`. The receivers' own counts
are the proof."""

import argparse
import json
import logging
import os
import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import django

from tests.chaos.world import SCHEDULERS, WORKERS, World

PEOPLE_AT_ONCE = 50
_PRESSES = 4  # people who send one and the same letter
_THREADS = 12
_SHARE = 0.25  # of connections that are cut
_STILL_SECONDS = 240.0
_AHEAD = (0, 0, -120, 400, 3_600)  # seconds by which a clock is wrong


def main(arguments: list[str]) -> int:
    """0 when no letter was lost or doubled."""
    given = _given(arguments)
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    _say(f"seed {seed}, {given.letters} letters, {given.seconds} s of trouble")
    with tempfile.TemporaryDirectory(prefix="hjp-chaos-") as folder:
        Path(folder).chmod(0o711)
        world = World(Path(folder), lots=random.Random(seed))  # noqa: S311 - draws troubles
        try:
            verdict = _run(world, given, random.Random(seed + 1))  # noqa: S311
        finally:
            world.stop()
    _say(json.dumps({"seed": seed, **verdict}, indent=2))
    return 0 if verdict["passed"] else 1


def _given(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./hjp chaos", description=__doc__)
    parser.add_argument("--letters", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--seed", type=int, default=None)
    return parser.parse_args(arguments)


def _run(world: World, given: argparse.Namespace, lots: random.Random) -> dict[str, Any]:
    world.start()
    os.environ |= world.environment() | {"DJANGO_SETTINGS_MODULE": "hjp_letters.settings"}
    django.setup()
    for handler in logging.getLogger().handlers:
        handler.setLevel(
            logging.CRITICAL
        )  # every trouble would be told of; the figures matter here
    from tests.chaos import people

    senders = people.get_ready(given.letters)
    for _ in range(WORKERS):
        world.start_worker()
    for _ in range(SCHEDULERS):
        world.start_scheduler()
    for process in (*world.workers,):
        process.wait_for_line("ready.", seconds=90)
    started = time.monotonic()
    world.trouble(_SHARE)
    done = Counter[str]()
    stopped = threading.Event()
    presses = [pk for pk in senders.letters[1:] for _ in range(_PRESSES)]
    lots.shuffle(presses)
    with ThreadPoolExecutor(_THREADS + 1) as pool:
        at_once = pool.submit(senders.press_all_at_once, senders.letters[0], PEOPLE_AT_ONCE)
        pressed = [pool.submit(senders.press, pk) for pk in presses]
        # Here, and not in a thread: what a thread has started ends together with it.
        _trouble(world, lots, stopped, given.seconds, done)
        for each in (at_once, *pressed):
            each.result()
    calm_after = time.monotonic() - started
    still = _let_it_settle(world, senders)
    return _verdict(world, senders, done) | {
        "seconds_of_trouble": round(calm_after, 1),
        "seconds_to_settle": round(still, 1),
        "smtp_connections_cut": world.relay.cut_count,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One way to break something, and how often it is drawn."""

    name: str
    weight: int
    does: Callable[[World, random.Random], None]


def _kill_worker(world: World, lots: random.Random) -> None:
    world.workers.pop(lots.randrange(len(world.workers))).kill()
    world.start_worker(ahead=lots.choice(_AHEAD))


def _kill_scheduler(world: World, lots: random.Random) -> None:
    world.schedulers.pop(lots.randrange(len(world.schedulers))).kill()
    world.start_scheduler(ahead=lots.choice(_AHEAD))


def _kill_valkey(world: World, lots: random.Random) -> None:
    world.valkey.kill()
    time.sleep(lots.uniform(0, 2))
    world.valkey.start()


def _kill_postgres(world: World, lots: random.Random) -> None:
    world.postgres.kill()
    time.sleep(lots.uniform(0, 2))
    world.postgres.start()


def _kill_receiver(world: World, lots: random.Random) -> None:
    assert world.receiver is not None
    world.receiver.kill()
    time.sleep(lots.uniform(0, 2))
    world.start_receiver()


_TROUBLES = (
    Trouble(name="worker killed", weight=5, does=_kill_worker),
    Trouble(name="scheduler killed", weight=2, does=_kill_scheduler),
    Trouble(name="broker killed", weight=1, does=_kill_valkey),
    Trouble(name="database killed", weight=1, does=_kill_postgres),
    Trouble(name="mail server killed", weight=2, does=_kill_receiver),
    Trouble(name="database connections cut", weight=4, does=lambda w, _: w.cut_database()),
    Trouble(name="broker connections cut", weight=3, does=lambda w, _: w.cut_broker()),
)


def _trouble(
    world: World,
    lots: random.Random,
    stopped: threading.Event,
    seconds: float,
    done: Counter[str],
) -> None:
    until = time.monotonic() + seconds
    weights = [trouble.weight for trouble in _TROUBLES]
    while time.monotonic() < until:
        stopped.wait(lots.uniform(0.5, 3))
        (trouble,) = lots.choices(_TROUBLES, weights)
        trouble.does(world, lots)
        done[trouble.name] += 1


def _let_it_settle(world: World, senders: Any) -> float:
    """Calm, right clocks, and hours that pass in the rows, so that nobody waits for them."""
    began = time.monotonic()
    world.calm()
    for process in (*world.workers, *world.schedulers):
        process.kill()
    senders.let_leases_end()
    for _ in range(WORKERS):
        world.start_worker()
    for _ in range(SCHEDULERS):
        world.start_scheduler()
    while senders.unfinished() and time.monotonic() - began < _STILL_SECONDS:
        senders.let_hours_pass()
        senders.wait_a_little(seconds=12)
    return time.monotonic() - began


def _verdict(world: World, senders: Any, done: Counter[str]) -> dict[str, Any]:
    statuses: dict[UUID, str] = senders.statuses()
    accepted = world.accepted()
    known = {str(pk) for pk in statuses}
    lost = [str(pk) for pk, s in statuses.items() if s in senders.LEFT and accepted[str(pk)] != 1]
    doubled = [pk for pk, count in accepted.items() if count > 1]
    strange = [pk for pk in accepted if pk not in known]
    ends = Counter(statuses.values())
    open_ends = {s: n for s, n in ends.items() if s not in (*senders.LEFT, "unknown")}
    unknown = [str(pk) for pk, status in statuses.items() if status == "unknown"]
    passed = not (lost or doubled or strange or open_ends) and len(statuses) == len(senders.letters)
    return {
        "passed": passed,
        "letters": len(senders.letters),
        "dispatches": len(statuses),
        "ended": dict(ends),
        "accepted_by_receivers": sum(accepted.values()),
        "lost": lost,
        "doubled": doubled,
        "strange": strange,
        "unknown_and_listed": unknown,
        "troubles": dict(done),
    }


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - the terminal is the page here
