"""Reads what QTI 2 and 3 declare of a response: its type, its correct value, and the points of each value."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.importers.qti.scoring import number_in
from bot.importers.reading.compose import collapse
from bot.importers.xml.node import Node

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A declared response.

    Attributes:
        ident: its name.
        base: the type of its values, such as ``identifier``.
        cardinality: ``single``, ``multiple``, ``ordered`` or ``record``.
        correct: its correct value.
        mapped: the points of values, and whether their case counts.
        default: the points of all other values.
        limits: the lowest and the highest points, where there are limits.
    """

    ident: str
    base: str
    cardinality: str
    correct: tuple[str, ...]
    mapped: tuple[tuple[str, Fraction, bool], ...] = ()
    default: Fraction = _ZERO
    limits: tuple[Fraction | None, Fraction | None] = (None, None)

    def points(self, values: Sequence[str]) -> Fraction:
        """Return the points of a response."""
        total = sum((self._of_one(value) for value in dict.fromkeys(values)), _ZERO)
        low, high = self.limits
        if low is not None:
            total = max(total, low)
        return total if high is None else min(total, high)

    def same(self, one: str, other: str, *, exact: bool = True) -> bool:
        """Whether two values of this response are the same."""
        if self.base in {"integer", "float"}:
            numbers = number_in(one), number_in(other)
            return None not in numbers and numbers[0] == numbers[1]
        if self.base == "pair":
            return sorted(one.split()) == sorted(other.split())
        return one == other or (not exact and one.casefold() == other.casefold())

    def _of_one(self, value: str) -> Fraction:
        for key, points, exact in self.mapped:
            if self.same(key, value, exact=exact):
                return points
        return self.default


def declared(node: Node) -> Declaration:
    """Return what a declaration says."""
    mapping = node.first("mapping")
    entries = tuple(
        (
            collapse(entry.attributes.get("mapKey", "")),
            number_in(entry.attributes.get("mappedValue", "")) or _ZERO,
            entry.attributes.get("caseSensitive", "true") not in {"false", "0"},
        )
        for entry in mapping.all("mapEntry")
    )
    return Declaration(
        ident=node.attributes.get("identifier", ""),
        base=node.attributes.get("baseType", "identifier"),
        cardinality=node.attributes.get("cardinality", "single"),
        correct=values(node.first("correctResponse")),
        mapped=entries,
        default=number_in(mapping.attributes.get("defaultValue", "")) or _ZERO,
        limits=(
            number_in(mapping.attributes.get("lowerBound", "")),
            number_in(mapping.attributes.get("upperBound", "")),
        ),
    )


def values(node: Node) -> tuple[str, ...]:
    """Return the values that stand in an element."""
    return tuple(collapse(value.text) for value in node.all("value"))
