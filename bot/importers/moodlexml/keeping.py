"""Keeps questions that can't be asked, with the XML that they came as."""

import json
import re
from functools import lru_cache

from bot.domain.errors import BadFile
from bot.importers.bank.kinds import named_in_banks
from bot.importers.xml.node import Node, written
from bot.importers.xml.stream import elements

ELEMENT = "question"
"""The name of the element that holds a question."""

FIELD = "moodle"
"""The field of a kept question that holds its XML."""

_LONGEST = 25_000
"""The longest XML that is kept, in characters, since a question may have but 40,000 with its texts."""
_NO_NAME = re.compile("[^a-z0-9_-]")
_LONGEST_NAME = 30


def kept_fields(question: Node) -> tuple[str, bool]:
    """Return what is kept of a question, as JSON, and whether that is all of it: large files in it are left out."""
    for without in ("", "file"):
        fields = json.dumps({FIELD: written(question, without=without)}, ensure_ascii=False)
        if len(fields) <= _LONGEST:
            return fields, not without
    return "", False


@lru_cache(maxsize=100)
def kind_name(type_: str) -> str:
    """Return the kind of a kept question of a type, as a word that isn't taken for a slip in another one."""
    name = _NO_NAME.sub("-", type_.strip().casefold())[:_LONGEST_NAME]
    misfit = named_in_banks("").misfit({"kind": name})
    return name if name[:1].isalpha() and misfit is None else f"moodle-{name}"


def kept_xml(kept: str) -> str:
    """Return the XML of a kept question; empty if there is none that Moodle could read."""
    fields = json.loads(kept) if kept else {}
    xml = fields.get(FIELD) if isinstance(fields, dict) else None
    if not isinstance(xml, str):
        return ""
    try:
        read = [question for question, _fraction in elements(f"<quiz>{xml}</quiz>", {ELEMENT})]
    except BadFile:
        return ""
    return xml if len(read) == 1 else ""
