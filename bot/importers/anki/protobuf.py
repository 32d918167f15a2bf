"""Reads the fields of messages in Protocol Buffers, in which Anki keeps its lists of files and its note types."""

from collections.abc import Iterator

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_LONGEST_VARINT = 10
"""The most bytes of a number."""
_SIZES = {_FIXED64: 8, _FIXED32: 4}


def fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield the number and the value of each field: a whole number, or bytes, which may be a text or a message.

    Raises:
        ValueError: it isn't such a message.
    """
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        number, wire = tag >> 3, tag & 7
        if wire == _VARINT:
            value, at = _varint(message, at)
            yield number, value
            continue
        size = _SIZES.get(wire)
        if wire == _BYTES:
            size, at = _varint(message, at)
        if size is None or at + size > len(message):
            raise ValueError("a field is damaged")
        yield number, message[at : at + size]
        at += size


def text(message: bytes, field: int) -> str:
    """Return the text in a field of a message; empty if it has none.

    Raises:
        ValueError: it isn't a message.
    """
    values = [value for number, value in fields(message) if number == field and isinstance(value, bytes)]
    return values[-1].decode(errors="replace") if values else ""


def whole(message: bytes, field: int) -> int:
    """Return the whole number in a field of a message; 0 if it has none.

    Raises:
        ValueError: it isn't a message.
    """
    values = [value for number, value in fields(message) if number == field and isinstance(value, int)]
    return values[-1] if values else 0


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = 0
    for position in range(_LONGEST_VARINT):
        if at + position >= len(message):
            break
        byte = message[at + position]
        value |= (byte & 0x7F) << (7 * position)
        if byte < 0x80:
            return value, at + position + 1
    raise ValueError("a number is damaged")
