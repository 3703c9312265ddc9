"""Hands a case file to the terminal edge, with the libraries and fonts that a letter needs."""

from hjp_letters.command import frontend, system
from letters.console import compose


def main(arguments: list[str]) -> int:
    """Write one letter; exit status 2 when the case file is at fault."""
    system.ensure(system.LETTERS)
    frontend.install()
    return compose.main(arguments)
