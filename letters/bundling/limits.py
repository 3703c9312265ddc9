"""How long and how large a volume of a bundle may be.

These numbers are ours, chosen so that most people can open, send and carry a volume: they are no
rule of any ombudsman, tribunal or council, and nobody has looked theirs up. Whoever makes a bundle
asks its reader, and changes them on the form.
"""

from typing import Final

MEGABYTE: Final = 1_000_000
USUAL_PAGES: Final = 400
USUAL_MEGABYTES: Final = 20

FEWEST_PAGES, MOST_PAGES = 20, 2_000
FEWEST_MEGABYTES, MOST_MEGABYTES = 1, 100
