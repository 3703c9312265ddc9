"""The refusals of rendering."""


class RenderingFailed(Exception):
    """A letter cannot be shown faithfully; the message never holds words of the letter."""
