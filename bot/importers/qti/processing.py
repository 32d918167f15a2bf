"""Runs the scoring of QTI 2 and 3: rules that set outcomes, made of expressions."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from bot.importers.qti.declaration import Declaration, values
from bot.importers.qti.operators import NULL, OPERATORS, Value, match, number
from bot.importers.qti.scoring import CannotTellError, Outcome, Responses, number_in
from bot.importers.reading.compose import collapse
from bot.importers.xml.node import Node

_MAIN = "SCORE"
_RESPONSE = "RESPONSE"
_LEAST_STEPS, _STEPS_PER_NODE = 4_000, 60
"""How many expressions may be worked out for one item: in step with its size, so that no file takes long."""
_MATCHING = frozenset({"match_correct", "CC2_match", "CC2_match_basic"})
_MAPPING = frozenset({"map_response", "CC2_map_response"})
"""The templates that need no rules in the file, with those of Common Cartridge."""
_LENIENT = frozenset({"substring", "patternMatch"})


class Feedback(NamedTuple):
    """A feedback: it is shown if the outcome has the identifier or, if not ``shows``, if it hasn't."""

    name: str
    outcome: str
    identifier: str
    shows: bool


class _DoneError(Exception):
    """The rules are left early."""


class Processing:
    """The scoring of an item.

    Args:
        item: the item.
        responses: its declared responses.
        feedback: its feedback.
    """

    def __init__(self, item: Node, responses: Sequence[Declaration], feedback: Sequence[Feedback]) -> None:
        self._responses = {one.ident: one for one in responses}
        self._feedback = feedback
        self._rules = item.first("responseProcessing")
        self._inside = list(_all(self._rules))
        self._template = self._rules.attributes.get("template") or self._rules.attributes.get("templateLocation", "")
        self._template = self._template.rpartition("/")[2].removesuffix(".xml")
        self._steps = _LEAST_STEPS + _STEPS_PER_NODE * (len(self._inside) + len(responses))
        self._outcomes = {
            node.attributes.get("identifier", ""): _initial(node) for node in item.all("outcomeDeclaration")
        }
        sets = (node.attributes.get("identifier") for node in self._inside if node.tag == "setOutcomeValue")
        self.scores = bool(self._template) or _MAIN in sets

    @property
    def lenient(self) -> bool:
        """Whether it accepts texts that can't be listed."""
        return any(node.tag in _LENIENT for node in self._inside)

    def judge(self, given: Responses) -> Outcome:
        """Run all rules, as `bot.importers.qti.scoring.Scoring` says."""
        outcomes = dict(self._outcomes)
        if self._template:
            outcomes[_MAIN] = number(self._by_template(given))
        else:
            try:
                for rule in self._rules.content:
                    self._run(rule, given, outcomes)
            except _DoneError:
                pass
        score = outcomes.get(_MAIN, NULL).values
        shown = {one.name for one in self._feedback if self._is_shown(one, outcomes)}
        return Outcome((number_in(score[0]) if score else None) or Fraction(0), frozenset(shown))

    def named(self, ident: str) -> list[str]:
        """Return the values that are mapped or stand in the rules near a response."""
        declaration = self._responses.get(ident)
        mapped = [key for key, _points, _exact in declaration.mapped] if declaration else []
        return list(dict.fromkeys([*(declaration.correct if declaration else ()), *mapped, *self._beside(ident)]))

    def groups(self, ident: str) -> Iterator[tuple[str, ...]]:
        """Yield the correct value, the values with points, and sets of values that stand in the rules."""
        declaration = self._responses.get(ident)
        if declaration is None:
            return
        yield declaration.correct
        yield tuple(key for key, points, _exact in declaration.mapped if points > 0)
        for node in self._inside:
            if node.tag in {"multiple", "ordered"}:
                yield tuple(collapse(value.text) for value in node.all("baseValue"))
        yield tuple(self._beside(ident))

    def tolerances(self, ident: str) -> list[Fraction]:
        """Return by how much an answer may be off, or by which share of it."""
        told = [
            number_in(text)
            for node in self._inside
            if node.tag == "equal" and ident in _variables(node)
            for text in node.attributes.get("tolerance", "").split()
        ]
        return [one for one in told if one is not None]

    def _beside(self, ident: str) -> Iterator[str]:
        for node in self._inside:
            if ident in {part.attributes.get("identifier") for part in node.all("variable")}:
                yield from (collapse(part.text) for part in node.all("baseValue"))

    def _is_shown(self, one: Feedback, outcomes: Mapping[str, Value]) -> bool:
        return (one.identifier in outcomes.get(one.outcome, NULL).values) == one.shows

    def _by_template(self, given: Responses) -> Fraction:
        declaration = self._responses.get(_RESPONSE)
        if declaration is None and len(self._responses) == 1:
            declaration = next(iter(self._responses.values()))
        if declaration is None:
            raise CannotTellError
        told = Value(given.get(declaration.ident, ()), declaration.base, declaration.cardinality)
        if self._template in _MATCHING:
            correct = Value(declaration.correct, declaration.base, declaration.cardinality)
            return Fraction(bool(declaration.correct) and match(told, correct))
        if self._template in _MAPPING:
            return declaration.points(told.values)
        raise CannotTellError

    def _run(self, rule: Node | str, given: Responses, outcomes: dict[str, Value]) -> None:
        if isinstance(rule, str):
            return
        match rule.tag:
            case "responseCondition":
                for part in self._branch(rule, given, outcomes):
                    self._run(part, given, outcomes)
            case "responseProcessingFragment":
                for part in _nodes(rule):
                    self._run(part, given, outcomes)
            case "setOutcomeValue":
                value = self._value(_one(rule), given, outcomes)
                outcomes[rule.attributes.get("identifier", "")] = value
            case "exitResponse":
                raise _DoneError
            case _:
                raise CannotTellError

    def _branch(self, rule: Node, given: Responses, outcomes: Mapping[str, Value]) -> Sequence[Node]:
        """Return the rules of the first branch whose condition is met."""
        for branch in _nodes(rule):
            parts = _nodes(branch)
            if branch.tag == "responseElse":
                return parts
            if parts and self._is_true(parts[0], given, outcomes):
                return parts[1:]
        return ()

    def _is_true(self, node: Node, given: Responses, outcomes: Mapping[str, Value]) -> bool:
        return self._value(node, given, outcomes).values == ("true",)

    def _value(self, node: Node, given: Responses, outcomes: Mapping[str, Value]) -> Value:
        self._steps -= 1
        if self._steps < 0:
            raise CannotTellError
        if node.tag in OPERATORS:
            return OPERATORS[node.tag](node, [self._value(part, given, outcomes) for part in _nodes(node)])
        if node.tag == "baseValue":
            return Value((collapse(node.text),), node.attributes.get("baseType", "string"))
        if node.tag == "null":
            return NULL
        ident = node.attributes.get("identifier", "")
        if node.tag == "variable" and ident in outcomes:
            return outcomes[ident]
        if ident in self._responses:
            return _of_response(node.tag, self._responses[ident], given.get(ident, ()))
        raise CannotTellError


def _of_response(name: str, declaration: Declaration, values: tuple[str, ...]) -> Value:
    match name:
        case "variable":
            return Value(values, declaration.base, declaration.cardinality)
        case "correct":
            return Value(declaration.correct, declaration.base, declaration.cardinality)
        case "mapResponse":
            return number(declaration.points(values))
    raise CannotTellError


def _initial(node: Node) -> Value:
    """Return the value that an outcome has before any rule is run: a number without a default is 0."""
    base = node.attributes.get("baseType", "string")
    told = values(node.first("defaultValue")) or (("0",) if base in {"integer", "float"} else ())
    return Value(told, base, node.attributes.get("cardinality", "single"))


def _nodes(node: Node) -> list[Node]:
    return [part for part in node.content if isinstance(part, Node)]


def _one(node: Node) -> Node:
    parts = _nodes(node)
    if len(parts) != 1:
        raise CannotTellError
    return parts[0]


def _all(node: Node) -> Iterator[Node]:
    for part in _nodes(node):
        yield part
        yield from _all(part)


def _variables(node: Node) -> set[str]:
    return {part.attributes.get("identifier", "") for part in _all(node) if part.tag in {"variable", "correct"}}
