"""Fills Anki's templates in: what a card of a note shows on its two sides, as HTML.

What a template itself says in HTML becomes lines of text; what its fields say stays as it is.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.importers.anki.collection import Template

_HIDDEN = re.compile(r"<!--|-->|<(?:script|style)\b|</(?:script|style)[^<>]{0,20}>", re.IGNORECASE)
_ENDS = {"<!--": "-->", "<script": "</script", "<style": "</style"}
_ANSWER = re.compile(r"<hr\b[^<>]*\bid\s{0,9}=\s{0,9}[\"']?answer\b[^<>]*>", re.IGNORECASE)
"""The rule between the front and the answer, which Anki's own templates have."""
_TAG = re.compile(r"<(?P<name>/?[A-Za-z][A-Za-z0-9-]{0,20})[^<>]*>")
_BREAKS = frozenset(
    [
        "br",
        "hr",
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "section",
        "article",
        "header",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
    ]
)
_FIELD = re.compile(r"\{\{(?P<told>[^{}]{1,300})\}\}")
_EMPTY = re.compile(r"(?:\s|</?(?:br|div) ?/?>)*+", re.IGNORECASE)
_READING = re.compile(r" ?([^ >\[\]]{1,30}+)\[([^\[\]]{1,30}+)\]")
_READINGS = {"kanji": r"\1", "kana": r"\2"}
"""Filters for Japanese, where the reading of a word stands behind it in brackets, and what they keep of both."""
_CONDITIONS = "#^/"
_FRONT_SIDE = "FrontSide"
_NOT_FIELDS = frozenset({_FRONT_SIDE, "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID"})
_LONGEST = 200_000
"""The longest template that is read, and the longest side of a card, in characters."""
_MOST_PARTS = 300
"""The most parts of a template: a small file must not keep the reader busy for long."""


@dataclass(frozen=True, slots=True)
class _Part:
    """HTML of a template, or a field: its name, what comes before it (``#``, ``^``, ``/``), and its filters."""

    html: str = ""
    name: str = ""
    sign: str = ""
    filters: frozenset[str] = frozenset()


@dataclass(slots=True)
class Side:
    """A side of a card.

    Attributes:
        html: what it says.
        shown: the fields that it shows.
        typed: the fields whose text is to be typed there.
        hints: the fields that it shows to whoever asks for them; they aren't in ``html``.
    """

    html: str = ""
    shown: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)


def front(template: Template, values: Mapping[str, str]) -> Side:
    """Return the front of a card of a note whose fields have these values."""
    return _filled(_parts(template.front), values)


def back(template: Template, values: Mapping[str, str], asked: Side) -> str:
    """Return what the back of a card says beyond its front."""
    divided = _ANSWER.split(_visible(template.back), maxsplit=1)
    answer = _filled(_parts(divided[-1]), values)
    if len(divided) > 1 and answer.shown:
        return answer.html
    return beyond(template, values, asked.shown) or answer.html


def beyond(template: Template, values: Mapping[str, str], told: Collection[str]) -> str:
    """Return what the back of a card says besides some fields; empty if it shows no others."""
    divided = _ANSWER.split(_visible(template.back), maxsplit=1)
    others = {name: "" if name in told else value for name, value in values.items()}
    rest = _filled(_parts(divided[-1]), others)
    return rest.html if rest.shown else ""


def shown_on_back(template: Template, values: Mapping[str, str]) -> list[str]:
    """Return the fields that the back of a card shows."""
    return _filled(_parts(template.back), values).shown


def cloze_fields(template: Template) -> set[str]:
    """Return the fields in which a template hides a part of the text."""
    return {part.name for part in _parts(template.front) if "cloze" in part.filters}


def is_scripted(template: Template) -> bool:
    """Whether a program in a template takes part in showing the card."""
    return "<script" in f"{template.front}{template.back}".casefold()


def is_empty(html: str) -> bool:
    """Whether nothing is in a field, as Anki sees it."""
    return bool(_EMPTY.fullmatch(html))


def _filled(parts: Sequence[_Part], values: Mapping[str, str]) -> Side:
    side = Side()
    shown: list[str] = []
    closed: list[str] = []  # the conditions that aren't met, from the outermost on
    size = 0
    for part in parts:
        if part.sign in {"#", "^"}:
            met = is_empty(values.get(part.name, "")) == (part.sign == "^")
            if closed or not met:
                closed.append(part.name)
        elif part.sign == "/":
            if closed and closed[-1] == part.name:
                closed.pop()
        elif not closed:
            html = part.html
            if part.name in values:
                html = _field(part, values[part.name], side)
            shown.append(html[: _LONGEST - size])
            size += len(shown[-1])
    side.html = "".join(shown)
    return side


def _field(part: _Part, value: str, side: Side) -> str:
    if is_empty(value):
        return ""
    if "type" in part.filters:
        side.typed.append(part.name)
    elif "hint" in part.filters:
        side.hints.append(part.name)
    elif not any(one.startswith("tts") for one in part.filters):
        side.shown.append(part.name)
        for name, kept in _READINGS.items():
            if name in part.filters:
                return _READING.sub(kept, value)
        return value
    return ""


@lru_cache(maxsize=200)
def _parts(html: str) -> Sequence[_Part]:
    return [*_parted(_visible(html))][:_MOST_PARTS]


def _parted(html: str) -> Iterator[_Part]:
    at = 0
    for found in _FIELD.finditer(html):
        if text := _as_lines(html[at : found.start()]):
            yield _Part(html=text)
        at = found.end()
        told = found["told"].strip()
        sign = told[:1] if told[:1] in _CONDITIONS else ""
        *filters, name = told[len(sign) :].split(":")
        if name.strip() not in _NOT_FIELDS:
            yield _Part(name=name.strip(), sign=sign, filters=frozenset(one.strip() for one in filters))
    if text := _as_lines(html[at:]):
        yield _Part(html=text)


def _as_lines(html: str) -> str:
    """The HTML of a template with a line for each block in it, and nothing that only says how it looks."""

    def shown(found: re.Match[str]) -> str:
        name = found["name"].lower().strip("/")
        return "<br>" if name in _BREAKS else ""

    return _TAG.sub(shown, html)


@lru_cache(maxsize=200)
def _visible(html: str) -> str:
    """A template without its comments, programs and styles."""
    html = html[:_LONGEST]
    kept: list[str] = []
    at, awaited = 0, ""
    for found in _HIDDEN.finditer(html):
        sign = found[0].lower()
        if awaited and sign.startswith(awaited):
            at, awaited = found.end(), ""
        elif not awaited and sign in _ENDS:
            kept.append(html[at : found.start()])
            awaited = _ENDS[sign]
    return "".join([*kept, "" if awaited else html[at:]])
