"""What is asked in an item of QTI, whatever the version: a text with marks in it where people answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.importers.qti.scoring import Scoring
from bot.importers.xml.node import Node

_OPEN, _CLOSE = "\ue000", "\ue001"
"""What a mark begins and ends with; nobody writes these characters."""
MARK = re.compile(f"{_OPEN}([0-9]{{1,6}}){_CLOSE}")
"""The mark of an interaction, or of a gap in one."""
NOBODY_WRITES = "\ue002"
"""A typed answer that is surely wrong."""
FIRST_GAP = 100_000
"""The number of the first gap of a gap match; interactions have lower ones."""


def mark(number: int) -> str:
    """Return what stands in a text for the interaction or gap with this number."""
    return f"{_OPEN}{number}{_CLOSE}"


class Way(Enum):
    """How an interaction is answered."""

    CHOICE = auto()
    LIST = auto()
    TEXT = auto()
    NUMBER = auto()
    ORDER = auto()
    MATCH = auto()
    ASSOCIATE = auto()
    GAP_MATCH = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something to choose, to put in order or to match.

    Attributes:
        ident: how responses name it.
        html: what it says.
        feedback: what is told in it to whoever chooses it, as HTML.
    """

    ident: str
    html: str
    feedback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """One part of an item that people answer.

    Attributes:
        way: how it is answered.
        name: what the source calls it, as one word.
        ident: the name of its response.
        prompt: what it asks, as HTML.
        single: whether one option is to be chosen.
        options: what can be chosen; of a match, the left sides.
        targets: the right sides of a match, or the gaps of a gap match, which have no text.
        claimed: the response that the source calls the correct one.
        texts: the texts that are right, if the source lists them beside its scoring.
    """

    way: Way
    name: str
    ident: str
    prompt: str = ""
    single: bool = True
    options: tuple[Option, ...] = ()
    targets: tuple[Option, ...] = ()
    claimed: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item.

    Attributes:
        node: all of it.
        ident: its identifier.
        title: its title.
        html: its text, with marks.
        interactions: where people answer; the mark of each has its position, counted from 0.
        scoring: what responses are worth, and which feedback they get.
        feedback: the texts of the feedback, as HTML, by the names that the scoring has for them.
        always: what is told after any response, as HTML.
        has_hints: whether there are hints for another try.
        is_apart: whether it is about a text that stands elsewhere.
        hidden: why it can't be asked, if its text or key isn't what is in the file; empty otherwise.
    """

    node: Node
    ident: str
    title: str
    html: str
    interactions: tuple[Interaction, ...]
    scoring: Scoring
    feedback: Mapping[str, str] = field(default_factory=dict)
    always: tuple[str, ...] = ()
    has_hints: bool = False
    is_apart: bool = False
    hidden: str = ""
