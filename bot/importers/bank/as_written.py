"""Keeps values in a bank of the project's own format as their author wrote them, whatever YAML takes them for."""

from collections.abc import Iterator

import yaml

from bot.importers.bank.kinds import KINDS_IN_BANKS
from bot.importers.bank.kinds.kept import EVERY_KIND_HAS

NUMBERS = frozenset({"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"})
_TEXT = "tag:yaml.org,2002:str"
_NULL = "tag:yaml.org,2002:null"
_TRUTH = "tag:yaml.org,2002:bool"
_LARGEST = 2**53
"""Programs that read JSON round whole numbers beyond this."""


def keep_as_written(question: yaml.Node) -> None:
    """Keep the numbers that a question accepts, and everything that only a kind which isn't asked gives a question."""
    parts = _parts(question)
    named, listed = parts.get("kind"), parts.get("accepted")
    if not isinstance(named, yaml.ScalarNode):
        return
    kind = KINDS_IN_BANKS.get(named.value)
    if kind is None:
        _keep_fields(question)
    elif kind.keeps_numbers and isinstance(listed, yaml.SequenceNode):
        _keep_numbers(listed)


def _keep_numbers(listed: yaml.SequenceNode) -> None:
    """Turn numbers into texts, for YAML takes 3:30 for 210, 010 for 8, and knows `.inf`."""
    for one in listed.value:
        for node in (one, *_parts(one).values()):
            if node.tag in NUMBERS:
                node.tag = _TEXT


def _keep_fields(question: yaml.Node) -> None:
    """Turn dates, sets, unusual numbers and all that JSON doesn't have into texts, lists, and names with values."""
    for name, value in _members(question):
        if not (isinstance(name, yaml.ScalarNode) and name.value in EVERY_KIND_HAS):
            name.tag = _TEXT
            for node in _nodes(value):
                _simplify(node)


def _simplify(node: yaml.Node) -> None:
    if isinstance(node, yaml.MappingNode):
        node.tag = "tag:yaml.org,2002:map"
        for key, _value in node.value:
            key.tag = _TEXT
    elif isinstance(node, yaml.SequenceNode):
        node.tag = "tag:yaml.org,2002:seq"
    elif not _is_simple(node):
        node.tag = _TEXT


def _is_simple(node: yaml.Node) -> bool:
    """Whether a single value means the same in JSON and in every version of YAML."""
    if node.tag in NUMBERS:
        return _is_plain(node.value)
    return (node.tag == _NULL and node.value in {"", "~", "null"}) or (
        node.tag == _TRUTH and node.value in {"true", "false"}
    )


def _is_plain(number: str) -> bool:
    """Whether a number is written again just as it is written here."""
    try:
        value = int(number) if number.removeprefix("-").isdigit() else float(number)
    except ValueError:
        return False
    return repr(value) == number and abs(value) < _LARGEST


def _nodes(root: yaml.Node) -> Iterator[yaml.Node]:
    """A value with everything in it, names left aside."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.value if isinstance(node, yaml.SequenceNode) else [part for _name, part in _members(node)]


def _members(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


def _parts(node: yaml.Node) -> dict[str, yaml.Node]:
    return {str(key.value): value for key, value in _members(node)}
