"""Runs one of the benchmarks and prints its figures; it judges nothing."""

import importlib

from hjp_letters.command.places import ROOT, CannotGoOn


def main(arguments: list[str]) -> int:
    """The benchmark that is named; without a name, or with an unknown one, the names are told."""
    names = sorted(path.stem for path in (ROOT / "benchmarks").glob("[!_]*.py"))
    if len(arguments) != 1 or arguments[0] not in names:
        raise CannotGoOn(f"Name one benchmark: {', '.join(names)}")
    return int(importlib.import_module(f"benchmarks.{arguments[0]}").main())
