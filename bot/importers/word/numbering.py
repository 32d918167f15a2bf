"""What the automatic lists of a Word document put before their items, which isn't in the text."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.importers.documents.labels import letter, roman
from bot.importers.documents.piece import Family
from bot.importers.word.styles import Styles
from bot.importers.word.xml import Element, attribute, child, children, value

_DEEPEST = 8
_MOST_COUNTED = 1_000_000
_BOXES = frozenset("☐□◻❑❏○◯qo\uf06f\uf071\uf0a8\uf0a3\uf0a1")
"""Bullets that are boxes or circles to tick; the letters are such in the fonts Wingdings and Courier."""
_LETTERS = frozenset({"lowerLetter", "upperLetter", "russianLower", "russianUpper"})
_ROMANS = frozenset({"lowerRoman", "upperRoman"})


@dataclass(slots=True)
class _Level:
    style: str = "decimal"
    start: int = 1
    text: str = ""


@dataclass(slots=True)
class _List:
    """A list: its levels, what counts with it, and at which of its levels counting starts again."""

    levels: Mapping[int, _Level]
    counted_as: str
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The labels of a document's automatic lists; ask for them in the order of the document."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        abstract = {attribute(one, "abstractNumId"): one for one in children(root, "abstractNum")}
        nums = {attribute(one, "numId"): one for one in children(root, "num")}
        self._lists: dict[str, _List] = {}
        for name, num in nums.items():
            counted_as = value(num, "abstractNumId") or ""
            linked = value(abstract.get(counted_as), "numStyleLink")
            if linked and (other := nums.get(styles.numbered_by(linked))) is not None:
                counted_as = value(other, "abstractNumId") or ""
            self._lists[name] = _list(num, abstract.get(counted_as), counted_as)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._seen: set[str] = set()
        self._deepest: dict[str, int] = {}

    def look_ahead(self, properties: Element | None) -> None:
        """Learn how deep each list goes, before the first label is asked for."""
        name, depth = _spot(properties)
        self._deepest[name] = max(self._deepest.get(name, 0), depth)

    def label(self, properties: Element | None) -> tuple[Family, str]:
        """The family and the text of the label of the next item with these properties; nothing if it has none."""
        name, depth = _spot(properties)
        known = self._lists.get(name)
        if known is None or depth not in known.levels:
            return Family.NONE, ""
        level = known.levels[depth]
        if level.style == "none":
            return Family.NONE, ""
        if level.style == "bullet":
            return (Family.BOX, "☐") if level.text in _BOXES else (Family.BULLET, "-")
        ordinal = self._counted(name, known, depth)
        if level.style in _LETTERS or self._is_choice(name, known, depth):
            return Family.LETTER, f"{letter(ordinal)}."
        if level.style in _ROMANS:
            return Family.NUMBER, f"{roman(ordinal)}."
        return Family.NUMBER, f"{_word(level.text)}{ordinal}."

    def _counted(self, name: str, known: _List, depth: int) -> int:
        counts = self._counts[known.counted_as]
        if name not in self._seen:
            self._seen.add(name)
            for at in known.starts:
                counts.pop(at, None)
        start = known.starts.get(depth, known.levels[depth].start)
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        return counts[depth]

    def _is_choice(self, name: str, known: _List, depth: int) -> bool:
        """Whether numbers count choices: they stand at the deepest level of a list whose questions are numbered."""
        above = known.levels.get(depth - 1)
        return 0 < depth == self._deepest.get(name) and above is not None and above.style == "decimal"


def _spot(properties: Element | None) -> tuple[str, int]:
    name, depth = value(properties, "numId") or "", value(properties, "ilvl") or "0"
    return name, min(int(depth), _DEEPEST) if depth.isdecimal() and len(depth) < 3 else 0


def _list(num: Element, abstract: Element | None, counted_as: str) -> _List:
    levels = {depth: _level(one) for one in children(abstract, "lvl") if (depth := _depth(one)) is not None}
    starts = {}
    for override in children(num, "lvlOverride"):
        depth = _depth(override)
        if depth is None:
            continue
        if (own := child(override, "lvl")) is not None:
            levels[depth] = _level(own)
        if (start := value(override, "startOverride")) is not None:
            starts[depth] = _number(start, 1)
    return _List(levels, counted_as, starts)


def _level(element: Element) -> _Level:
    style = value(element, "numFmt") or "decimal"
    return _Level(style, _number(value(element, "start"), 1), value(element, "lvlText") or "")


def _depth(element: Element) -> int | None:
    told = attribute(element, "ilvl")
    return int(told) if told.isdecimal() and len(told) == 1 else None


def _number(told: str | None, otherwise: int) -> int:
    return min(int(told), _MOST_COUNTED) if told and told.isdecimal() and len(told) < 10 else otherwise


def _word(text: str) -> str:
    """The word that stands before a number, such as "Question "."""
    before = text.partition("%")[0].strip()
    return f"{before} " if before.isalpha() and len(before) > 1 else ""
