"""Refusals about who may do what."""


class AccessError(Exception):
    """The base of this folder's refusals."""


class NotAllowed(AccessError):
    """The person's roles do not hold the right that the action asks for."""

    def __init__(self, right: str) -> None:
        super().__init__(f"Ask a colleague whose role allows it: {right.replace('_', ' ')}")
