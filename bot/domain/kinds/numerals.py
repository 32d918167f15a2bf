"""Read numbers as people type them: in any digits, with decimal comma or point, as fractions, with a unit."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

LONGEST = 80
"""The most characters that are read as a number."""
MOST_EXPONENT = 999
"""The largest power of ten, either way: larger ones take too long to count with."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it was typed.

    Attributes:
        values: what it can mean, the likeliest meaning first: ``1,234`` is 1234, or 1.234 with a decimal comma.
        unit: the letters or signs beside it, as typed but for full-width letters and a percent sign; empty: none.
    """

    values: tuple[Fraction, ...]
    unit: str = ""


_SAME = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63", "-"),
        "\ufe62": "+",
        **dict.fromkeys("’‘ʼ´`_\u066c", "'"),
        "\u060c": ",",
        **dict.fromkeys("⁄∕", "/"),
        **dict.fromkeys("×✕✖·⋅∙∗", "*"),
    }
)
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_POWER_OF_TEN = re.compile(r"(?<=10)[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_ARABIC_POINT = "\u066b"
_RAISED = r"[ ]? (?: \^ | \*\* ) [ ]?"
_NUMBER = re.compile(
    rf"""
    (?: [=≈~] [ ]? )?
    (?P<sign> [-+] )? [ ]?
    (?P<before> [^-+0-9.,{_ARABIC_POINT}'/ ]{{0,15}} ) [ ]?
    (?P<later_sign> [-+] )? [ ]?
    (?: (?: (?P<whole> [0-9]+ ) [ ] )? (?P<over> [0-9]+ ) [ ]? / [ ]? (?P<under> [0-9]+ )
      | 10 {_RAISED} (?P<power> [-+]? [0-9]{{1,4}} )
      | (?P<amount> [.,{_ARABIC_POINT}]? [0-9] (?: [.,{_ARABIC_POINT}' ]? [0-9] )* )
        (?: (?: [ ]? [x*] [ ]? 10 {_RAISED} | e ) (?P<exponent> [-+]? [0-9]{{1,4}} ) )?
    )
    [ ]? (?P<after> [^-+0-9.,{_ARABIC_POINT}'/ ] .* )?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_THREES = re.compile(r"[1-9][0-9]{0,2}([.,' ])[0-9]{3}(?:\1[0-9]{3})*")
_INDIAN = re.compile(r"[1-9][0-9]?([, ])(?:[0-9]{2}\1)+[0-9]{3}")
_BEHIND_THE_POINT = re.compile(r"[0-9]{3}([' ])(?:[0-9]{3}\1)*[0-9]{1,3}")
_COMMON = re.compile("(-?[0-9]+)(?:[.,]([0-9]{1,2}|[0-9]{4,}))?")
"""Most numbers, which have one meaning: no separator in them can stand between thousands."""
_WORD = re.compile(r"([^\W\d_]+)")
_PERCENT = re.compile(r"\bper ?cent\b", re.IGNORECASE)
_PLURAL_ES = ("s", "x", "z", "ch", "sh")
_LITRE = re.compile(r"(?<![^\W\d_])([μmcdhk]?)L(?![^\W\d_])")
"""The sign of a litre, with a prefix or without."""
_UNIT_SIGNS = frozenset('%‰′″"')


def read(text: str) -> Numeral | None:
    """Read a number; None if the text, on one line, isn't one.

    It may be a decimal with comma or point, its thousands (or, as in India, hundreds) set apart by comma, point, space
    or apostrophe; have an exponent (``1e-3``, ``1.5×10^3``); or be a fraction (``3/4``, ``1 3/4``). Digits are those of
    any script. A unit stands in front or behind.
    """
    if len(text) > LONGEST:
        return None
    if common := _COMMON.fullmatch(text):
        part = common[2] or ""
        return Numeral((Fraction(int(common[1] + part), 10 ** len(part)),), "")
    line = _plain(text).strip(' "“”„«»').rstrip(" .,;:!?\u060c")
    found = _NUMBER.fullmatch(line.translate(_SAME))
    if not found or (found["sign"] and found["later_sign"]) or (found["before"] and found["after"]):
        return None
    unit = line[slice(*found.span("before" if found["before"] else "after"))].strip()
    values = tuple(dict.fromkeys(_values(found)))
    if not values or (unit and not _begins_unit(unit[0])):
        return None
    below_zero = "-" in {found["sign"], found["later_sign"]}
    return Numeral(tuple(-value for value in values) if below_zero else values, unit)


def same_unit(one: str, other: str) -> bool:
    """Whether two texts name the same unit: ``m²`` and ``m^2``; but ``mW`` isn't ``MW``, nor ``m·s`` ``ms``."""
    parts, others = _unit(one), _unit(other)
    return len(parts) == len(others) and all(map(_same_word, parts, others))


def _unit(text: str) -> list[str]:
    """Return the words of a unit and what stands between them, without differences that don't count."""
    plain = unicodedata.normalize("NFKC", text.translate({ord("º"): "°", ord("˚"): "°"})).translate(_SAME)
    plain = _PERCENT.sub("%", plain.replace("**", "^"))
    plain = re.sub(r"(?<=[/^°]) | (?=[/^])", "", plain).replace("^", "")
    return _WORD.split(_LITRE.sub(r"\1l", _WORD.sub(_small, re.sub(r"[ .*]+", "*", plain).strip("*"))))


def _small(word: re.Match[str]) -> str:
    """Return a word of a unit in small letters if it is long: ``Mbar`` isn't ``mbar``."""
    longest_symbol = 4 if word[0][0] in "mM" else 3
    return word[0].casefold() if len(word[0]) > longest_symbol else word[0]


def _same_word(one: str, other: str) -> bool:
    """Whether two words of units are the same but for the ending of a plural; ``gas`` isn't a plural."""
    short, long = sorted((one, other), key=len)
    plurals = {f"{short}s", f"{short}es" if short.endswith(_PLURAL_ES) else ""}
    return short == long or (long in plurals and len(long) > 3 and long[1:].islower())


def _plain(text: str) -> str:
    """Return a text with digits in ASCII and powers of ten spelled out, on one line."""
    if text.isascii():
        return text
    text = _POWER_OF_TEN.sub(lambda found: "^" + found[0].translate(_SUPERSCRIPT), text)
    return " ".join("".join(map(_ascii, text)).split())


def _ascii(sign: str) -> str:
    """Return a digit of any script, a fraction such as ½, or a full-width character in ASCII; others as they are."""
    if sign.isascii():
        return sign
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    if unicodedata.decomposition(sign).startswith("<fraction>"):
        return f" {unicodedata.normalize('NFKC', sign)}"
    if sign == "\u066a":
        return "%"
    return chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" else sign


def _begins_unit(sign: str) -> bool:
    return sign.isalpha() or sign in _UNIT_SIGNS or unicodedata.category(sign) in {"Sc", "So"}


def _values(found: re.Match[str]) -> Iterator[Fraction]:
    if found["over"]:
        whole, over, under = (int(found[name] or 0) for name in ("whole", "over", "under"))
        if under and (not found["whole"] or over < under):
            yield whole + Fraction(over, under)
        return
    if not found["power"] and not found["exponent"]:
        yield from _amounts(found["amount"])
        return
    exponent, amounts = int(found["power"] or found["exponent"]), [*_amounts(found["amount"] or "1")]
    if amounts and abs(exponent) <= MOST_EXPONENT:
        yield min(amounts) * Fraction(10) ** exponent  # nobody sets thousands apart before a power of ten


def _amounts(text: str) -> Iterator[Fraction]:
    """Yield what digits with separators can mean; where several meanings are possible, a point is a decimal point."""
    for point in (".", "", ",", _ARABIC_POINT):
        if point and text.count(point) != 1:
            continue
        whole, _point, part = text.partition(point) if point else (text, "", "0")
        if (not whole or _is_whole(whole)) and (part.isdecimal() or _BEHIND_THE_POINT.fullmatch(part)):
            decimals = _digits(part)
            yield Fraction(int(_digits(whole) + decimals), 10 ** len(decimals))


def _is_whole(text: str) -> bool:
    return text.isdecimal() or bool(_THREES.fullmatch(text) or _INDIAN.fullmatch(text))


def _digits(text: str) -> str:
    return text if text.isdecimal() else "".join(filter(str.isdecimal, text))
