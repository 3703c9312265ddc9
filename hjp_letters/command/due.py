"""Hands one period to the terminal edge; needs nothing but the law files."""

from letters.console import due


def main(arguments: list[str]) -> int:
    """Print how one deadline is counted."""
    return due.main(arguments)
