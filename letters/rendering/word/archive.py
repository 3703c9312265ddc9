"""Writes the ZIP that a Word document is, from parts that may have been packed long before.

Python's own writer packs every part anew and notes the time of packing; most parts of a letter are
the same in the next one, and the same letter must be the same file on any day.
"""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

STORED, DEFLATED = 0, 8
_LEVEL = 6
_VERSION = 20
_FIRST_DAY = (0, 0x21)  # time and day: midnight on 1 January 1980, from which ZIP counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """One part, ready to be copied into any archive."""

    name: str
    data: bytes
    method: int
    size: int
    checksum: int

    @property
    def _described(self) -> bytes:
        """What the head of the part and the index say alike."""
        return struct.pack(
            "<4H3L2H",
            *(0, self.method, *_FIRST_DAY),
            *(self.checksum, len(self.data), self.size),
            *(len(self.name), 0),
        )

    def head(self) -> bytes:
        return struct.pack("<LH", 0x04034B50, _VERSION) + self._described + self.name.encode()

    def index_line(self, offset: int) -> bytes:
        opening = struct.pack("<L2H", 0x02014B50, _VERSION, _VERSION)
        return (
            opening
            + self._described
            + struct.pack("<3H2L", 0, 0, 0, 0, offset)
            + self.name.encode()
        )


def packed(name: str, data: bytes) -> Packed:
    """The part made smaller."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    small = packer.compress(data) + packer.flush()
    return _part(name, small, DEFLATED, data)


def stored(name: str, data: bytes) -> Packed:
    """The part as it is, for a picture, which is small already."""
    return _part(name, data, STORED, data)


def archive(parts: Iterable[Packed]) -> bytes:
    """The parts in this order, as one file."""
    written, index, count = bytearray(), bytearray(), 0
    for part in parts:
        index += part.index_line(len(written))
        written += part.head()
        written += part.data
        count += 1
    end = struct.pack("<L4H2LH", 0x06054B50, 0, 0, count, count, len(index), len(written), 0)
    return bytes(written + index + end)


def _part(name: str, data: bytes, method: int, whole: bytes) -> Packed:
    return Packed(name=name, data=data, method=method, size=len(whole), checksum=zlib.crc32(whole))
