"""The operators of QTI 2 and 3 that can be worked out here."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import NamedTuple

from bot.importers.qti.declaration import Declaration
from bot.importers.qti.scoring import CannotTellError, check_length, number_in
from bot.importers.xml.node import Node

_ZERO = Fraction(0)
_MOST_COUNTED = 100


class Value(NamedTuple):
    """What an expression comes to: its values, none of which is no value at all, and their type."""

    values: tuple[str, ...]
    base: str = "string"
    cardinality: str = "single"


NULL = Value(())
Operator = Callable[[Node, Sequence[Value]], Value]
"""Works an expression out, which has attributes, from the values of the expressions in it."""


def number(value: Fraction) -> Value:
    """Return a number as a value.

    Raises:
        CannotTellError: it is too long.
    """
    check_length(value)
    return Value((str(value),), "float")


def match(one: Value, other: Value) -> bool:
    """Whether two values are the same; the order counts only in ordered ones."""
    kind = Declaration(ident="", base=one.base, cardinality=one.cardinality, correct=())
    if len(one.values) != len(other.values) or not one.values:
        return False
    if "ordered" in {one.cardinality, other.cardinality}:
        return all(kind.same(left, right) for left, right in zip(one.values, other.values, strict=True))
    left = list(other.values)
    for value in one.values:
        found = next((at for at, right in enumerate(left) if kind.same(value, right)), None)
        if found is None:
            return False
        del left[found]
    return True


def _truth(value: bool) -> Value:  # the value itself
    return Value((str(value).lower(),), "boolean")


def _are_true(parts: Sequence[Value]) -> list[bool]:
    return [part.values == ("true",) for part in parts]


def _numbers(parts: Sequence[Value]) -> list[Fraction] | None:
    """Return the numbers in some values; None if one of them has no value."""
    if not all(part.values for part in parts):
        return None
    told = [number_in(text) for part in parts for text in part.values]
    numbers = [one for one in told if one is not None]
    if len(numbers) != len(told):
        raise CannotTellError
    return numbers


def _two(parts: Sequence[Value]) -> tuple[Value, Value]:
    if len(parts) != 2:
        raise CannotTellError
    return parts[0], parts[1]


def _counting(count: Callable[[list[Fraction]], Fraction]) -> Operator:
    def counted(_node: Node, parts: Sequence[Value]) -> Value:
        numbers = _numbers(parts)
        if numbers is None:
            return NULL
        if not 0 < len(numbers) <= _MOST_COUNTED:
            raise CannotTellError
        return number(count(numbers))

    return counted


def _comparing(compare: Callable[[Fraction, Fraction], bool]) -> Operator:
    def compared(_node: Node, parts: Sequence[Value]) -> Value:
        numbers = _numbers(_two(parts))
        return NULL if numbers is None else _truth(compare(numbers[0], numbers[1]))

    return compared


def _subtracted(numbers: list[Fraction]) -> Fraction:
    return numbers[0] - sum(numbers[1:], _ZERO)


def _divided(numbers: list[Fraction]) -> Fraction:
    if len(numbers) != 2 or not numbers[1]:
        raise CannotTellError
    return numbers[0] / numbers[1]


def _equal(node: Node, parts: Sequence[Value]) -> Value:
    numbers = _numbers(_two(parts))
    if numbers is None:
        return NULL
    mode = node.attributes.get("toleranceMode", "exact")
    told = [number_in(text) for text in node.attributes.get("tolerance", "").split()]
    off = [one for one in told if one is not None]
    first, second = numbers
    if mode == "exact":
        return _truth(first == second)
    if not off or mode not in {"absolute", "relative"}:
        raise CannotTellError
    below, above = off[0], off[-1]
    if mode == "relative":
        below, above = abs(first) * below / 100, abs(first) * above / 100
    low_counts, high_counts = (
        node.attributes.get(name, "true") not in {"false", "0"} for name in ("includeLowerBound", "includeUpperBound")
    )
    low, high = first - below, first + above
    inside = low < second < high or (second == low and low_counts) or (second == high and high_counts)
    return _truth(inside)


def _string_match(node: Node, parts: Sequence[Value]) -> Value:
    one, other = _two(parts)
    if not one.values or not other.values:
        return NULL
    left, right = one.values[0], other.values[0]
    if node.attributes.get("caseSensitive", "true") in {"false", "0"}:
        left, right = left.casefold(), right.casefold()
    contains = node.tag == "substring" or node.attributes.get("substring", "false") in {"true", "1"}
    # Of a substring, the first is to be in the second; in a match, the second is to be in the first.
    inside = (left in right) if node.tag == "substring" else (right in left)
    return _truth(inside if contains else left == right)


def _together(node: Node, parts: Sequence[Value]) -> Value:
    base = next((part.base for part in parts if part.values), "string")
    return Value(tuple(text for part in parts for text in part.values), base, node.tag)


def _index(node: Node, parts: Sequence[Value]) -> Value:
    at = node.attributes.get("n", "")
    if len(parts) != 1 or not at.isdecimal() or len(at) > 4:
        raise CannotTellError
    return Value(parts[0].values[int(at) - 1 : int(at)] if int(at) else (), parts[0].base)


def _member(_node: Node, parts: Sequence[Value]) -> Value:
    one, many = _two(parts)
    return _truth(any(match(Value(one.values, many.base), Value((value,), many.base)) for value in many.values))


def _contains(_node: Node, parts: Sequence[Value]) -> Value:
    many, few = _two(parts)
    return _truth(
        all(
            any(match(Value((one,), many.base), Value((value,), many.base)) for value in many.values)
            for one in few.values
        )
    )


OPERATORS: Mapping[str, Operator] = {
    "and": lambda _node, parts: _truth(all(_are_true(parts))),
    "or": lambda _node, parts: _truth(any(_are_true(parts))),
    "not": lambda _node, parts: _truth(not all(_are_true(parts))),
    "isNull": lambda _node, parts: _truth(not any(text for part in parts for text in part.values)),
    "match": lambda _node, parts: _truth(match(*_two(parts))),
    "member": _member,
    "contains": _contains,
    "containerSize": lambda _node, parts: number(Fraction(sum(len(part.values) for part in parts))),
    "multiple": _together,
    "ordered": _together,
    "index": _index,
    "sum": _counting(lambda numbers: sum(numbers, _ZERO)),
    "product": _counting(lambda numbers: prod(numbers, start=Fraction(1))),
    "subtract": _counting(_subtracted),
    "divide": _counting(_divided),
    "min": _counting(min),
    "max": _counting(max),
    "gt": _comparing(lambda one, other: one > other),
    "gte": _comparing(lambda one, other: one >= other),
    "lt": _comparing(lambda one, other: one < other),
    "lte": _comparing(lambda one, other: one <= other),
    "equal": _equal,
    "stringMatch": _string_match,
    "substring": _string_match,
}
"""The operators by the names of their elements."""
