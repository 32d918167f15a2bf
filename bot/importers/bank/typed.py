"""Reads what typed questions accept in a bank of the project's own format, which the schema has checked."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import yaml

from bot.domain.accepted import AcceptedNumber, NearMiss
from bot.importers.reading.compose import collapse

NUMBERS = frozenset({"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"})
_TEXT = "tag:yaml.org,2002:str"


def keep_as_written(question: yaml.Node) -> None:
    """Turn the numbers that a question accepts into texts, for YAML takes 3:30 for 210, 010 for 8, and knows `.inf`."""
    parts = _parts(question)
    kind = parts.get("kind")
    if kind is None or kind.value != "number" or not isinstance(listed := parts.get("accepted"), yaml.SequenceNode):
        return
    for one in listed.value:
        for node in (one, *_parts(one).values()):
            if node.tag in NUMBERS:
                node.tag = _TEXT


def _parts(node: yaml.Node) -> dict[str, yaml.Node]:
    return {str(key.value): value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def accepted(question: Mapping[str, Any]) -> tuple[AcceptedNumber | str, ...]:
    """The answers that a question accepts: numbers or texts, as its kind wants them."""
    read = _number if question.get("kind") == "number" else collapse
    return tuple(map(read, question.get("accepted", ())))


def near_misses(question: Mapping[str, Any]) -> tuple[NearMiss, ...]:
    """The wrong answers that a question has a hint for."""
    return tuple(
        NearMiss(text=collapse(near["text"]), hint=near["hint"].strip()) for near in question.get("near_misses", ())
    )


def _number(told: str | Mapping[str, str]) -> AcceptedNumber:
    if isinstance(told, str):
        return AcceptedNumber(value=Fraction(told))
    if "from" in told:
        return AcceptedNumber.between(Fraction(told["from"]), Fraction(told["to"]))
    tolerance = told.get("tolerance", "0")
    share = tolerance.endswith("%")
    return AcceptedNumber(
        value=Fraction(told["value"]),
        tolerance=Fraction(tolerance.removesuffix("%")) / (100 if share else 1),
        relative=share,
    )
