"""Runs the scoring of QTI 1.2: conditions in a row, each of which may add points and show feedback."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction

from bot.importers.qti.scoring import CannotTellError, Outcome, Responses, check_length, number_in
from bot.importers.reading.compose import collapse
from bot.importers.xml.node import Node

_MAIN = "SCORE"
_RIGHT = "correct"
"""How Blackboard calls the feedback to right answers; what shows it without giving points is right all the same."""
_COMPARE = {
    "vargt": lambda number, other: number > other,
    "vargte": lambda number, other: number >= other,
    "varlt": lambda number, other: number < other,
    "varlte": lambda number, other: number <= other,
}
_NAMING = frozenset({"varequal", "varsubset", "varsubstring", *_COMPARE})
_COMMENTS = frozenset({"qticomment", "conditionvar_extension"})
_LEAST_STEPS, _STEPS_PER_NODE = 4_000, 60
"""How many conditions may be looked at for one item: in step with its size, so that no file takes long."""


class Conditions:
    """The scoring of an item.

    Args:
        item: the item.
        cardinalities: by the name of a response, ``Single``, ``Multiple`` or ``Ordered``.
        chosen: the names of the responses that are identifiers of choices: these are compared letter by letter.
        numeric: names of the responses that are numbers, or are compared with limits.
    """

    def __init__(
        self, item: Node, cardinalities: Mapping[str, str], chosen: Collection[str], numeric: Collection[str]
    ) -> None:
        self._cardinalities = cardinalities
        self._chosen = chosen
        self._unreadable = False
        self._blocks = [list(node.all("respcondition")) for node in item.all("resprocessing")]
        declared = [
            decvar for node in item.all("resprocessing") for out in node.all("outcomes") for decvar in out.all("decvar")
        ]
        self._highest = {
            decvar.attributes.get("varname", _MAIN): number_in(decvar.attributes.get("maxvalue", "")) or Fraction(1)
            for decvar in declared
        }
        conditions = [condition for block in self._blocks for condition in block]
        self._naming = [node for condition in conditions for node in _all(condition) if node.tag in _NAMING]
        self._positions = {id(node): at for condition in conditions for node, at in self._in_order(condition)}
        bounded = {node.attributes.get("respident") for node in self._naming if node.tag in _COMPARE}
        self._numeric = {*numeric, *bounded}
        self._steps = _LEAST_STEPS + _STEPS_PER_NODE * sum(1 for condition in conditions for _node in _all(condition))
        points = [self._points(node) for one in conditions for node in one.all("setvar")]
        self.scores = any(one > 0 for one in points)
        self._by_feedback = not self.scores
        if self._by_feedback:
            self.scores = any(map(_shows_right, conditions))

    @property
    def lenient(self) -> bool:
        """Whether texts count that only contain a right one."""
        return any(node.tag == "varsubstring" for node in self._naming)

    def judge(self, given: Responses) -> Outcome:
        """Run all conditions, as `bot.importers.qti.scoring.Scoring` says."""
        if self._unreadable:
            raise CannotTellError
        totals: dict[str, Fraction] = {}
        shown: set[str] = set()
        for block in self._blocks:
            for condition in block:
                if not self._holds(condition.first("conditionvar"), given):
                    continue
                for node in condition.all("setvar"):
                    self._set(node, totals)
                if self._by_feedback and _shows_right(condition):
                    totals[_MAIN] = totals.get(_MAIN, Fraction(0)) + 1
                shown |= {node.attributes.get("linkrefid", "") for node in condition.all("displayfeedback")}
                if _is_last(condition):
                    break
        score = totals[_MAIN] if _MAIN in totals else sum(totals.values(), Fraction(0))
        return Outcome(score, frozenset(shown))

    def named(self, ident: str) -> list[str]:
        """Return the values that a response is compared with."""
        return list(dict.fromkeys(collapse(node.text) for node in self._of(ident)))

    def groups(self, ident: str) -> Iterator[tuple[str, ...]]:
        """Yield what a response must have for each condition that gives points, and then all of that together."""
        together: dict[str, None] = {}
        for block in self._blocks:
            for condition in block:
                points = [self._points(node) for node in condition.all("setvar")]
                if not any(one > 0 for one in points) and not (self._by_feedback and _shows_right(condition)):
                    continue
                wanted = [node for node in _all(condition, but="not") if node.tag in _NAMING]
                named = [node for node in wanted if node.attributes.get("respident") == ident]
                values = [value for node in named for value in _values(node)]
                if values:
                    yield tuple(dict.fromkeys(values))
                    together |= dict.fromkeys(values)
        yield tuple(together)

    def tolerances(self, _ident: str) -> list[Fraction]:
        """Return nothing: tolerances are written as limits in this version."""
        return []

    def is_numeric(self, ident: str) -> bool:
        """Whether a response is a number."""
        return ident in self._numeric

    def has_case(self, ident: str) -> bool:
        """Whether the case of a response counts."""
        return any(node.attributes.get("case", "").casefold() == "yes" for node in self._of(ident))

    def _in_order(self, condition: Node) -> Iterator[tuple[Node, int]]:
        """Yield what is compared with ordered responses, and the position in these that it stands for."""
        passed: Counter[str] = Counter()
        for node in _all(condition):
            ident = node.attributes.get("respident", "")
            if node.tag != "varequal" or self._cardinalities.get(ident, "").casefold() != "ordered":
                continue
            index = node.attributes.get("index", "")
            yield node, int(index) - 1 if index.isdecimal() and len(index) < 4 else passed[ident]
            passed[ident] += 1

    def _of(self, ident: str) -> Iterator[Node]:
        return (node for node in self._naming if node.attributes.get("respident") == ident)

    def _set(self, node: Node, totals: dict[str, Fraction]) -> None:
        name, value = _variable(node), self._points(node)
        before = totals.get(name, Fraction(0))
        match node.attributes.get("action", "Set").casefold():
            case "add":
                totals[name] = before + value
            case "subtract":
                totals[name] = before - value
            case "multiply":
                totals[name] = before * value
            case "divide" if value:
                totals[name] = before / value
            case "set":
                totals[name] = value
            case _:
                raise CannotTellError
        check_length(totals[name])

    def _points(self, node: Node) -> Fraction:
        text = collapse(node.text)
        if text.endswith(".max"):
            return self._highest.get(_variable(node), Fraction(1))
        value = number_in(text)
        self._unreadable = self._unreadable or value is None
        return value or Fraction(0)

    def _holds(self, node: Node, given: Responses) -> bool:
        self._steps -= 1
        if self._steps < 0:
            raise CannotTellError
        if node.tag in _NAMING:
            return self._compares(node, given.get(node.attributes.get("respident", ""), ()))
        parts = [part for part in node.content if isinstance(part, Node) and part.tag not in _COMMENTS]
        match node.tag:
            case "or":
                return any(self._holds(part, given) for part in parts)
            case "and" | "conditionvar" | "not":
                hold = any if node.tag == "conditionvar" and self._are_alternatives(parts) else all
                return hold(self._holds(part, given) for part in parts) != (node.tag == "not")
            case "other":
                return True
            case "unanswered":
                return not given.get(node.attributes.get("respident", ""))
        raise CannotTellError

    def _are_alternatives(self, parts: list[Node]) -> bool:
        """Whether conditions in a row are meant as alternatives, because one answer can't meet all of them."""
        idents = {part.attributes.get("respident", "") for part in parts if part.tag == "varequal"}
        if len(parts) < 2 or len(idents) != 1 or any(part.tag != "varequal" for part in parts):
            return False
        return self._cardinalities.get(idents.pop(), "Single").casefold() == "single"

    def _compares(self, node: Node, values: tuple[str, ...]) -> bool:
        text = collapse(node.text)
        if node.tag in _COMPARE:
            return _is_within(node.tag, text, values)
        if node.tag == "varsubset":
            return {collapse(part) for part in text.split(",")} <= set(values)
        if node.tag == "varsubstring":
            return any(_same(text) in _same(value) for value in values)
        if id(node) in self._positions:
            at = self._positions[id(node)]
            return values[at : at + 1] == (text,)
        return self._equals(node, text, values)

    def _equals(self, node: Node, text: str, values: tuple[str, ...]) -> bool:
        ident = node.attributes.get("respident", "")
        if text in values or ident in self._chosen:
            return text in values
        exact = node.attributes.get("case", "").casefold() == "yes"
        number = number_in(text) if self.is_numeric(ident) else None
        return any(
            (not exact and _same(text) == _same(one)) or (number is not None and number == number_in(one))
            for one in values
        )


def _all(node: Node, but: str = "") -> Iterator[Node]:
    """Yield the elements in an element, however deep, except those in elements with a certain name."""
    for part in node.content:
        if isinstance(part, Node) and part.tag != but:
            yield part
            yield from _all(part, but)


def _values(node: Node) -> list[str]:
    """Return the values that a response must have, of which a subset names several."""
    text = collapse(node.text)
    return [text, *map(collapse, text.split(","))] if node.tag == "varsubset" else [text]


def _variable(node: Node) -> str:
    return node.attributes.get("varname") or node.attributes.get("variablename") or _MAIN


def _shows_right(condition: Node) -> bool:
    return any(node.attributes.get("linkrefid", "").casefold() == _RIGHT for node in condition.all("displayfeedback"))


def _is_last(condition: Node) -> bool:
    """Whether no condition is looked at after this one; programs that add points leave out that they go on."""
    told = condition.attributes.get("continue", "").casefold()
    adds = any(node.attributes.get("action", "Set").casefold() != "set" for node in condition.all("setvar"))
    return told == "no" or (not told and condition.has("setvar") and not adds)


def _is_within(name: str, limit_text: str, values: tuple[str, ...]) -> bool:
    limit = number_in(limit_text)
    if limit is None:
        raise CannotTellError
    numbers = [number for value in values if (number := number_in(value)) is not None]
    return any(_COMPARE[name](number, limit) for number in numbers)


def _same(text: str) -> str:
    return collapse(text).casefold()
