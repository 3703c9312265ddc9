"""Breaks everything that letters pass, and counts what arrives."""

import importlib

from hjp_letters.command import system


def main(arguments: list[str]) -> int:
    """0 when every letter was accepted exactly once, or is listed as unknown."""
    system.ensure(system.LETTERS)
    return int(importlib.import_module("tests.chaos.run").main(arguments))
