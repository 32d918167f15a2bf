"""Reads JSON into values whose objects know their lines; files of hostile shape are refused before they are built."""

import json
import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.importers.reading import shape

_TOKEN = re.compile(r'"(?:[^"\\\r\n]++|\\.)*+"?|[{}\[\],]|\r\n|\n|\r')


class Record(dict[str, Any]):
    """The members of a JSON object.

    Attributes:
        line: the 1-based line of the member that it is known by, or else where the object begins.
    """

    line = 1


def read_json(text: str, *, known_by: Collection[str] = (), deepest: int = shape.MAX_DEPTH) -> Any:  # noqa: ANN401  # JSON
    """Return what a JSON text holds; objects as `Record`, numbers as texts, just as they are written.

    Args:
        text: the decoded file.
        known_by: names of members; the line of an object's first such member counts as the object's.
        deepest: how many levels deep the text may nest.

    Raises:
        BadFile: it isn't valid JSON, gives a name twice, nests too deeply, or has too many values; with the line.
    """
    lines = iter(_lines(text, frozenset(f'"{name}"' for name in known_by), deepest))

    def record(pairs: Sequence[tuple[str, Any]]) -> Record:
        made = Record(pairs)
        made.line = next(lines, 1)
        if len(made) < len(pairs):
            counts = Counter(name for name, _value in pairs)
            repeated = next(name for name in counts if counts[name] > 1)
            raise BadFile(_("“{key}” is given twice.").format(key=shape.as_text(repeated[:60])), line=made.line)
        return made

    try:
        return json.loads(text, object_pairs_hook=record, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        message = _("This isn't valid JSON: {problem}. Correct the line, or check its commas and quotes.")
        raise BadFile(message.format(problem=error.msg), line=error.lineno) from error


def _lines(text: str, known_by: Collection[str], deepest: int) -> list[int]:
    """Return the line of each object, in the order in which they end.

    Raises:
        BadFile: the text nests too deeply, or has too many values.
    """
    found: list[int] = []
    open_lines: list[int] = []
    known: list[bool] = []
    line, values = 1, 0
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign[0] == '"':
            if (
                sign in known_by
                and open_lines
                and not known[-1]
                and text[token.end() : token.end() + 9].lstrip()[:1] == ":"
            ):
                open_lines[-1:], known[-1] = [line], True
        elif sign in "{[":
            open_lines.append(line)
            known.append(False)
            values += 1
        elif sign in "}]":
            if open_lines:
                closed = open_lines.pop()
                known.pop()
                found += [closed] if sign == "}" else []
        elif sign == ",":
            values += 1
        else:
            line += 1
        if values > shape.MAX_VALUES:
            raise shape.too_many(line)
        if len(open_lines) > deepest:
            message = _("This is nested more than {limit} levels deep. Take it apart.")
            raise BadFile(message.format(limit=deepest), line=line)
    return found
