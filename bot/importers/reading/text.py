"""Turns bytes into lines: decodes them, unifies line ends, repairs damage, and keeps the number of each line.

A byte order mark tells the truth; without one, `encoding` finds out what it is.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.domain.drafts import Finding, FindingCode
from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.importers.reading.encoding import guessed
from bot.importers.reading.lines import Line, Lines

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is read, in bytes."""

MAX_LINE = 1_000_000
"""The longest line that is read, in characters: people don't write longer ones."""

MAX_LINES = 2_000_000
"""The most lines that a file may have."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP (Word, Excel, Anki)"),
    (b"\xd0\xcf\x11\xe0", "Word or Excel (97-2003)"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3", "SQLite"),
)
_SAMPLE = 64 * 1024
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
LINE_END = re.compile(r"\r\n|\n|\r")
_LINE_END = re.compile(rb"\r\n|\n|\r")
_SPACES = str.maketrans(
    dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
        "\u2028\u2029\u0085\x0b\x0c",
        " ",
    )
    | dict.fromkeys("\u200b\u2060\ufeff\u00ad\u200e\u200f\x00", "")
)
_MOJIBAKE = re.compile(
    r"[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
_STRAY_A_CIRCUMFLEX = re.compile(r"(?<=[\x21-\x7e])Â(?= |$)")
"""What is left of a no-break space that was read in the wrong encoding, after its second half became a space."""
_GAP = re.compile(r"[ \t]{65,}")
_WIDEST_GAP = " " * 64
"""Wider gaps inside a line are cut down to this: they mean nothing more, and slow the patterns down."""
_FIGURE = "\ufffc"
"""The object replacement character: there was a picture here before the text was copied."""


class ReadLines(NamedTuple):
    """A text's lines, and what had to be repaired in them."""

    lines: Lines
    findings: Sequence[Finding]


class Decoded(NamedTuple):
    """A file's text.

    Attributes:
        text: with nothing repaired.
        damaged: the line of the first byte that could not be decoded; 0 if all could.
        doubt: a finding if the file could be in another encoding, and say something else in it.
    """

    text: str
    damaged: int = 0
    doubt: Finding | None = None


def read(text: str, damaged: int = 0, doubt: Finding | None = None, *, file: bytes = b"") -> ReadLines:
    """The lines of a text.

    Args:
        text: as `decode` returns it.
        damaged: the line of the first byte that could not be decoded; 0 if all could.
        doubt: a finding about the encoding, if there is one.
        file: the bytes of the file, if they are kept anyway; what they say isn't kept twice.

    Raises:
        BadFile: the text has too many lines, a line that is too long, or nothing but white space.
    """
    findings = [doubt] if doubt else []
    if damaged:
        message = _("Some bytes can't be read as text; they were replaced by “\ufffd”.")
        findings.append(Finding(line=damaged, code=FindingCode.ENCODING_REPAIRED, message=message))
    encoded = text.encode("utf-8", "surrogatepass")
    if encoded == file:
        encoded = file
    lines = Lines(file=encoded)
    for number, (start, end) in enumerate(_bounds(encoded), start=1):
        raw = encoded[start:end].decode("utf-8", "surrogatepass")
        if number > MAX_LINES:
            message = _("The file has {count} lines, more than {limit}. Split it into smaller ones.")
            raise BadFile(message.format(count=len(LINE_END.findall(text)) + 1, limit=MAX_LINES))
        if len(raw) > MAX_LINE:
            message = _("The line has {count} characters, more than {limit}. Is this a text file? Break it into lines.")
            raise BadFile(message.format(count=len(raw), limit=MAX_LINE), line=number)
        if _is_clean(raw):
            lines.add_from_file(number, start, end)
            continue
        mended = repair(raw)
        if mended != raw:
            message = _("Wrongly encoded characters were repaired.")
            findings.append(Finding(line=number, code=FindingCode.ENCODING_REPAIRED, message=message))
        line = _clean(number, mended)
        if line.text == raw and not line.figure:
            lines.add_from_file(number, start, end)
        else:
            lines.add(line)
    if not any(line.text for line in lines):
        raise BadFile(_("The file holds no text. Choose a file with questions or notes in it."))
    return ReadLines(lines, findings)


def _bounds(encoded: bytes) -> Iterator[tuple[int, int]]:
    """Where each line of a text begins and ends."""
    start = 0
    for found in _LINE_END.finditer(encoded):
        end, below = found.span()
        yield start, end
        start = below
    yield start, len(encoded)


def decode(data: bytes) -> Decoded:
    """The text of a file.

    Raises:
        BadFile: the file is empty, too large, or not text.
    """
    if not data.strip():
        raise BadFile(_("The file is empty. Choose a file with questions or notes in it."))
    if len(data) > MAX_BYTES:
        message = _("The file is {size} MiB, more than {limit} MiB. Split it into smaller ones.")
        raise BadFile(message.format(size=len(data) >> 20, limit=MAX_BYTES >> 20))
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(*_decode_as(data[len(mark) :], encoding))
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise BadFile(_("This is a {kind} file, not text. Save its content as plain text first.").format(kind=kind))
    codec, doubt = guessed(data)
    text, damaged = _decode_as(data, codec)
    if len(_CONTROL.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]) // 100:
        raise BadFile(_("This isn't a text file. Save its content as plain text first."))
    return Decoded(text, damaged, doubt)


def _decode_as(data: bytes, encoding: str) -> tuple[str, int]:
    try:
        return data.decode(encoding), 0
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="replace")
        return data.decode(encoding, errors="replace"), len(LINE_END.findall(before)) + 1


def repair(text: str) -> str:
    """``text`` with mojibake undone: UTF-8 that some program misread as Windows-1252 or the like."""
    if text.isascii():
        return text
    mended = _without_mojibake(text) if _MOJIBAKE.search(text) else text
    if "Â" in mended:
        without = _STRAY_A_CIRCUMFLEX.sub("", mended)
        if "Â" not in without:
            return without
    return mended


def tidied(text: str) -> str:
    """``text``, which is part of a file that isn't read line by line, repaired and cleaned as lines are."""
    return "\n".join(_clean(0, repair(line)).text for line in LINE_END.split(text))


def _without_mojibake(text: str) -> str:
    import ftfy  # noqa: PLC0415  # slow to load, and hardly any file needs it

    return ftfy.fix_encoding(text)


def _is_clean(text: str) -> bool:
    """Whether a line is as it should be, so that nothing needs a closer look: this is quick, and true of most lines."""
    return text.isascii() and text.isprintable() and text[-1:] != " " and _WIDEST_GAP not in text


def _clean(number: int, text: str) -> Line:
    if len(text) > len(_WIDEST_GAP):
        text = _GAP.sub(_WIDEST_GAP, text)
    if text.isascii() and text.isprintable():
        return Line(number, text.rstrip())
    figure = _FIGURE in text
    text = text.replace(_FIGURE, "").translate(_SPACES)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return Line(number, _GAP.sub(_WIDEST_GAP, text).rstrip(), figure)
