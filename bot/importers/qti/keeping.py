"""Keeps items that can't be asked, with the XML that they came as."""

import json
from functools import lru_cache

from bot.importers.bank.kinds import named_in_banks
from bot.importers.xml.node import Node, written

FIELD = "qti"
"""The field of a kept question that holds its XML."""

_LONGEST = 25_000
"""The longest XML that is kept, in characters, since a question may have but 40,000 with its texts."""


def kept_fields(node: Node) -> str:
    """Return what is kept of an item, as JSON; empty if it is too large."""
    fields = json.dumps({FIELD: written(node)}, ensure_ascii=False)
    return fields if len(fields) <= _LONGEST else ""


@lru_cache(maxsize=100)
def kind_name(name: str) -> str:
    """Return the kind of a kept question, as a word that isn't taken for one that is asked, or for a slip in one."""
    misfit = named_in_banks("").misfit({"kind": name})
    return name if name[:1].isalpha() and misfit is None else f"qti-{name}"
