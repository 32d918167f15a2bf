"""Finds the encoding of a text without a byte order mark: the one in which it reads most like language.

Assumptions, in the order they are tried: zero bytes mean UTF-16 or UTF-32; escape sequences in ASCII mean ISO-2022;
whatever decodes as UTF-8 is UTF-8, and a few broken bytes in otherwise valid UTF-8 are damage. All else is decoded in
every encoding that people have used, and judged as language.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.domain.drafts import Finding, FindingCode
from bot.i18n import gettext as _
from bot.importers.reading.letters import cost, folded

_SAMPLE = 64 * 1024
_ESCAPES = (
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
    (re.compile(rb"\x1b(?:\$[@B]|\$\(D|\([IJ])"), "iso2022_jp_ext"),
)
_STRUCTURE = re.compile(r"[\n\r A-Za-z0-9.]")


class Encoding(NamedTuple):
    """An encoding.

    Attributes:
        codec: Python's name for it.
        name: people's name for it.
        rarity: how many bits must speak for it before it is thought of.
        script: the script that it was made for; a text without it isn't in this encoding.
    """

    codec: str
    name: str
    rarity: int = 0
    script: str = ""


_ENCODINGS = (
    Encoding("cp1252", "Windows-1252"),
    Encoding("cp1250", "Windows-1250"),
    Encoding("cp1251", "Windows-1251", 0, "Cyrillic"),
    Encoding("cp1253", "Windows-1253", 0, "Greek"),
    Encoding("cp1254", "Windows-1254"),
    Encoding("cp1255", "Windows-1255", 0, "Hebrew"),
    Encoding("cp1256", "Windows-1256", 0, "Arabic"),
    Encoding("cp1257", "Windows-1257", 1),
    Encoding("cp1258", "Windows-1258", 3),
    Encoding("cp874", "Windows-874", 0, "Thai"),
    Encoding("cp932", "Shift-JIS"),
    Encoding("euc_jp", "EUC-JP"),
    Encoding("gb18030", "GB18030"),
    Encoding("big5hkscs", "Big5"),
    Encoding("cp949", "EUC-KR"),
    Encoding("iso8859_2", "ISO-8859-2"),
    Encoding("iso8859_15", "ISO-8859-15", 1),
    Encoding("iso8859_5", "ISO-8859-5", 1, "Cyrillic"),
    Encoding("iso8859_7", "ISO-8859-7", 1, "Greek"),
    Encoding("iso8859_8", "ISO-8859-8", 1, "Hebrew"),
    Encoding("koi8_r", "KOI8-R", 1, "Cyrillic"),
    Encoding("koi8_u", "KOI8-U", 1, "Cyrillic"),
    Encoding("iso8859_6", "ISO-8859-6", 2, "Arabic"),
    Encoding("cp866", "DOS 866", 3, "Cyrillic"),
    Encoding("mac_cyrillic", "Mac Cyrillic", 5, "Cyrillic"),
    Encoding("mac_roman", "Mac Roman", 4),
    Encoding("cp850", "DOS 850", 5),
    Encoding("cp852", "DOS 852", 5),
    Encoding("iso8859_13", "ISO-8859-13", 4),
    Encoding("iso8859_16", "ISO-8859-16", 12),
    Encoding("iso8859_4", "ISO-8859-4", 5),
    Encoding("iso8859_3", "ISO-8859-3", 5),
    Encoding("iso8859_14", "ISO-8859-14", 5),
    Encoding("iso8859_10", "ISO-8859-10", 7),
)
"""Those that aren't here are part of one that is: ISO-8859-1, -9 and -11, GB2312, GBK."""
_CERTAIN = 10
"""How many bits the best encoding must be ahead of one that gives another text."""
_SHORT = 8 * 1024
"""Files up to this size are judged as a whole, in bytes; of longer ones, as much of the beginning and many lines."""
_SPREAD = 40
_AROUND = 120
"""At how many positions of the rest a line is judged, and how far a line reaches around each of them, in bytes."""
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_LINE = re.compile(rb"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_LONGEST_QUOTE = 40
_HIGH_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1f]")
"""The high bytes of letters, Latin, Cyrillic or Thai, where each letter has two bytes."""
_FEWEST_HIGH = 4
"""One byte in so many is a high byte, at least, where each letter has two bytes or four."""


class Guess(NamedTuple):
    """The codec of a text, and a finding if it could be another one."""

    codec: str
    doubt: Finding | None = None


def guessed(data: bytes) -> Guess:
    """The encoding of a text without a byte order mark."""
    if b"\0" in data and (wide := _wide(data[:_SAMPLE])):
        return Guess(wide)
    if b"\x1b" in data and data.isascii():
        for pattern, codec in _ESCAPES:
            if pattern.search(data):
                return Guess(codec)
    return Guess("utf-8") if data.isascii() or is_utf8(data) or _is_damaged_utf8(data) else _best(data)


def is_utf8(data: bytes) -> bool:
    """Whether all of it is valid UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _wide(sample: bytes) -> str | None:
    """Which encoding of two or four bytes a character it is, by the ASCII that it gives: line ends, spaces, digits."""
    if sample.isascii() and _FEWEST_HIGH * len(_HIGH_BYTES.findall(sample)) < len(sample):
        return None  # stray zero bytes in ASCII: where each letter has two bytes, half of the bytes are high ones
    best, most = None, len(sample) // 100
    for codec, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        text = sample[: len(sample) // width * width].decode(codec, errors="replace")
        found = len(_STRUCTURE.findall(text))
        if found * width > most and text.count("\ufffd") <= len(text) // 50:
            best, most = codec, found * width
    return best


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 but for a few broken bytes."""
    text = data[:_SAMPLE].decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) - broken > 3 * broken


class _Candidate(NamedTuple):
    cost: float
    encoding: Encoding


def _best(data: bytes) -> Guess:
    best, *others = sorted(_candidates(_sample(data)))
    near = [other.encoding for other in others if other.cost < best.cost + _CERTAIN][:3]
    return Guess(best.encoding.codec, _doubt(data, best.encoding, near) if near else None)


def _candidates(sample: bytes) -> Iterator[_Candidate]:
    """Every text that the sample can be, once."""
    texts: set[str] = set()
    for encoding in _ENCODINGS:
        text = sample.decode(encoding.codec, errors="replace")
        if folded(text) in texts:
            continue
        bits, scripts = cost(unicodedata.normalize("NFC", text))
        if not encoding.script or encoding.script in scripts:
            texts.add(folded(text))
            yield _Candidate(bits + encoding.rarity, encoding)


def _sample(data: bytes) -> bytes:
    """The beginning, and lines from all over the rest, among them one with each byte that isn't ASCII."""
    if len(data) <= _SHORT:
        return data
    firsts = (data.find(byte) for byte in range(0x80, 0x100))
    spread = (_NOT_ASCII.search(data, part * len(data) // _SPREAD) for part in range(_SPREAD))
    positions = sorted({*firsts, *(found.start() for found in spread if found)})
    return b"\n".join([data[:_SHORT], *(_line_at(data, position) for position in positions if position >= _SHORT)])


def _line_at(data: bytes, position: int) -> bytes:
    before, after = data[max(0, position - _AROUND) : position], data[position : position + _AROUND]
    return re.split(rb"[\r\n]", before)[-1] + re.split(rb"[\r\n]", after)[0]


def _doubt(data: bytes, taken: Encoding, others: Sequence[Encoding]) -> Finding | None:
    """A finding on the first line that another encoding reads as other words."""
    for number, found in enumerate(_LINE.finditer(data), start=1):
        if found[1].isascii():
            continue
        texts = [found[1].decode(encoding.codec, errors="replace") for encoding in (taken, *others)]
        quotes = {encoding.name: _difference(texts[0], text) for encoding, text in zip(others, texts[1:], strict=True)}
        differing = {name: quote for name, quote in quotes.items() if quote}
        if differing:
            read_as = next(iter(differing.values()))[0]
            instead = ", ".join(f"“{other}” ({name})" for name, (_taken, other) in differing.items())
            message = _(
                "The encoding isn't certain: “{words}” was read as {encoding}, but could be {others}. "
                "If the words are wrong, save the file as UTF-8 and import it again."
            )
            text = message.format(words=read_as, encoding=taken.name, others=instead)
            return Finding(line=number, code=FindingCode.ENCODING_DOUBTFUL, message=text)
    return None


def _difference(taken: str, other: str) -> tuple[str, str] | None:
    """The first words in which two texts of a line differ, or None if they say the same."""
    pairs = zip(taken.split(" "), other.split(" "), strict=False)
    first = next(((one, two) for one, two in pairs if folded(one) != folded(two)), None)
    return first and (_quotable(first[0]), _quotable(first[1]))


def _quotable(words: str) -> str:
    """Words short enough for a finding, with signs that can't be shown replaced."""
    shown = (character if character.isprintable() else "\ufffd" for character in words.strip()[:_LONGEST_QUOTE])
    return "".join(shown)
