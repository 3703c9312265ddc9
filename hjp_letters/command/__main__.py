"""Reads which command is wanted and starts it; anything beyond that stands beside this file."""

import importlib
import sys
from dataclasses import dataclass

from hjp_letters.command import environment
from hjp_letters.command.places import CannotGoOn, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One word after `./hjp`: what it does, what it needs installed, where it stands."""

    what: str
    group: str
    module: str


COMMANDS = {
    "up": Command(
        what="set up and start everything; Ctrl-C stops it",
        group="local",
        module="hjp_letters.command.up",
    ),
    "test": Command(
        what="set up what the tests need and run every check; arguments go to pytest",
        group="test",
        module="hjp_letters.command.test",
    ),
    "compose": Command(
        what="CASE.json --day YYYY-MM-DD --out DIR: write the letter, with no server",
        group="local",
        module="hjp_letters.command.compose",
    ),
    "verify": Command(
        what="FILE...: say whether files are, byte for byte, letters of this service",
        group="local",
        module="hjp_letters.command.verify",
    ),
    "due": Command(
        what="--provision ID --event EVENT --from MOMENT: show how one deadline is counted",
        group="base",
        module="hjp_letters.command.due",
    ),
    "bench": Command(
        what="NAME: how fast a part is, beside a peer in the same run",
        group="test",
        module="hjp_letters.command.bench",
    ),
    "chaos": Command(
        what="break everything on a letter's way, and count what arrives (--seed N)",
        group="test",
        module="hjp_letters.command.chaos",
    ),
}


def main(arguments: list[str]) -> int:
    """Exit status of the command; 2 when there is no such command."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name not in COMMANDS:
        _help()
        return 0 if name in {"-h", "--help", "help"} else 2
    command = COMMANDS[name]
    try:
        environment.enter(command.group)
        # Loaded only now: it may need packages that the environment has just been given.
        return int(importlib.import_module(command.module).main(rest))
    except CannotGoOn as reason:
        say(str(reason))
        return 1


def _help() -> None:
    say("./hjp COMMAND")
    for name, command in COMMANDS.items():
        say(f"  {name:<8} {command.what}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
