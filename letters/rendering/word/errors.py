"""The refusals of Word files."""

from letters.rendering.word.faults import ShellFault


class ShellRefused(Exception):
    """A Word file cannot be what letters are written in; the message says what to mend, and never
    holds words of the file but its placeholders."""

    field = "file"

    def __init__(self, faults: tuple[ShellFault, ...]) -> None:
        super().__init__("\n".join(fault.message for fault in faults))
        self.faults = faults
