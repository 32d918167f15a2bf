"""Keeps numbers in a bank of the project's own format as their author wrote them."""

import yaml

from bot.importers.bank.kinds import KINDS_IN_BANKS

NUMBERS = frozenset({"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"})
_TEXT = "tag:yaml.org,2002:str"


def keep_as_written(question: yaml.Node) -> None:
    """Turn the numbers that a question accepts into texts, for YAML takes 3:30 for 210, 010 for 8, and knows `.inf`."""
    parts = _parts(question)
    named, listed = parts.get("kind"), parts.get("accepted")
    kind = KINDS_IN_BANKS.get(named.value) if isinstance(named, yaml.ScalarNode) else None
    if kind is None or not kind.keeps_numbers or not isinstance(listed, yaml.SequenceNode):
        return
    for one in listed.value:
        for node in (one, *_parts(one).values()):
            if node.tag in NUMBERS:
                node.tag = _TEXT


def _parts(node: yaml.Node) -> dict[str, yaml.Node]:
    return {str(key.value): value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}
