"""The signs that people write in front of an answer or between its parts, and the backslash that makes them letters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.domain.lines import one_line

RIGHT, NOTE, MISS, EXACT, ALSO = "*", ">", "-", "=", "+"
"""In front of a right choice, a note on the answer above, a near miss, an exact answer, a card's other answer."""
BETWEEN_SPELLINGS, BETWEEN_SIDES = "|", "="
_ESCAPE = "\\"


@dataclass(slots=True)
class Entry:
    """An answer as it is written.

    Attributes:
        line: its line in the field, counted from 1.
        sign: the sign in front of it; empty: none.
        text: what stands behind the sign, on one line.
        notes: the lines of the note below it.
    """

    line: int
    sign: str
    text: str
    notes: list[str] = field(default_factory=list)

    @property
    def note(self) -> str:
        """The note below the answer; empty: there is none."""
        return "\n".join(self.notes).strip()


def entries(text: str, signs: str) -> list[Entry]:
    """Read the lines that aren't blank; a note without an answer above it is an entry with the sign `NOTE`."""
    found: list[Entry] = []
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip()
        sign = sign_of(bare, signs)
        if sign == NOTE and found:
            found[-1].notes.append(bare[1:].removeprefix(" "))
        elif bare:
            found.append(Entry(number, sign, one_line(bare[1:] if sign else bare_text(bare, signs))))
    return found


def sign_of(line: str, signs: str) -> str:
    """Return the sign that a line begins with; empty: none.

    A space stands behind every sign but the star of a right choice, so that ``-v`` and ``>=`` are answers; two stars
    begin emphasis.
    """
    sign, behind = line[:1], line[1:2]
    if not sign or sign not in signs:
        return ""
    is_sign = behind != RIGHT if sign == RIGHT else not behind.strip()
    return sign if is_sign else ""


def bare_text(line: str, signs: str) -> str:
    """Return a line without the backslash that keeps its first character from being a sign."""
    return line[1:] if line.startswith(_ESCAPE) and line[1:2] in {*signs, _ESCAPE} else line


def protected(text: str, signs: str) -> str:
    """Return a text with a backslash if it would be read as something else without one; the inverse of `bare_text`."""
    return _ESCAPE + text if sign_of(text, signs) or bare_text(text, signs) != text else text


def with_note(line: str, note: str) -> str:
    """Write a note below a line."""
    return "\n".join([line, *(f"{NOTE} {one}".rstrip() for one in note.split("\n") if note)])


def split_at(text: str, separator: str, *, most: int = -1) -> list[str]:
    """Split a text at a one-character separator, ``most`` times at most; behind a backslash, it separates nothing."""
    parts, backslashes = [""], 0
    for at, character in enumerate(text):
        if character == _ESCAPE:
            backslashes += 1
            continue
        if character != separator:
            parts[-1] += _ESCAPE * backslashes + character
        elif backslashes % 2:
            parts[-1] += _ESCAPE * (backslashes // 2) + separator
        else:
            parts[-1] += _ESCAPE * (backslashes // 2)
            parts.append("")
            if len(parts) - 1 == most:
                parts[-1] = text[at + 1 :]
                return parts
        backslashes = 0
    parts[-1] += _ESCAPE * backslashes
    return parts


def joined(parts: Sequence[str], separator: str) -> str:
    """Join texts with a separator that stands between spaces; the inverse of `split_at`."""
    return f" {separator} ".join(without_separator(part, separator) for part in parts)


def without_separator(text: str, separator: str) -> str:
    """Return a text in which no separator separates: a backslash stands before each, and before backslashes there."""
    written, backslashes = "", 0
    for character in text:
        if character == separator:
            written += _ESCAPE * (backslashes + 1)
        written += character
        backslashes = backslashes + 1 if character == _ESCAPE else 0
    return written


def repeated(texts: Iterable[str]) -> str | None:
    """Return the first text that is there twice; None: each is there once."""
    seen: set[str] = set()
    for text in texts:
        if text in seen:
            return text
        seen.add(text)
    return None
