"""What must be true of every file, whatever its bytes: it is refused in words, or all of it is accounted for.

``python -m tests.fuzz.promises FORMAT FILE`` reads one file that the fuzzer has found.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from time import process_time

from bot.domain.drafts import LineRole, ParsedDocument
from bot.domain.errors import BadFile
from bot.importers import parse
from bot.importers.source import Source
from tests.fuzz.folding import folded

ANY = "any"
"""Stands for a format: that of the file is to be detected."""
SLOW_S = 2.0
"""More processor seconds than a small file may take, by far: a megabyte is read in as many."""
_LINE_BY_LINE = "numbered"
"""The format that accounts for each line."""
_NOT_TEXT = re.compile("[\0\ud800-\udfff]")
_WORD = re.compile(r"[^\W_]{3,}")
_HIDDEN = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
"""What Markdown pages don't show."""


def keep_promises(name: str, data: bytes) -> None:
    """Read a file, given as `tests.fuzz.folding.flat` writes it, in the format of this name, or `ANY`.

    Raises:
        AssertionError: something that is promised of every file isn't true of this one.
        Exception: the reader fails with anything but a refusal.
    """
    file, began = folded(data), process_time()
    try:
        document = parse(file, format=None if name == ANY else name)
    except BadFile as refusal:
        _assert_are_text([refusal.marked])
    else:
        _assert_whole(document, file)
    assert process_time() - began < SLOW_S, "a small file takes little time"


def _assert_whole(document: ParsedDocument, file: bytes) -> None:
    for question in document.questions:
        assert question.line >= 1, question
        if question.kind == "choice":
            assert [*question.key] == sorted({*question.key} & {*range(len(question.choices))}), question
        for parallel in (question.choice_explanations, question.choice_pictures):
            assert parallel is None or len(parallel) == len(question.choices), question
    assert all(finding.line >= 1 and finding.message for finding in document.findings), document.findings
    _assert_are_text(_texts(document))
    if document.format == _LINE_BY_LINE:
        text = "\n".join(line.text for line in Source(file).lines)  # hyphenated words rejoined
        lines = _HIDDEN.sub(lambda hidden: "\n" * hidden[0].count("\n"), text).split("\n")
        assert len(document.roles) == len(lines), "each line has a role"
        roles = zip(lines, map(LineRole, document.roles), strict=True)
        lost = [line for line, role in roles if role is LineRole.BLANK and _WORD.search(line)]
        assert not lost, f"lines with words count as blank: {lost}"


def _assert_are_text(texts: Iterable[str]) -> None:
    odd = [text for text in texts if _NOT_TEXT.search(text)]
    assert not odd, f"no database stores, and no screen shows, {odd}"


def _texts(value: object) -> Iterator[str]:
    """All texts in a document."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
    elif isinstance(value, Mapping):
        yield from _texts(value.values())
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        for one in value:
            yield from _texts(one)


if __name__ == "__main__":
    keep_promises(sys.argv[1], Path(sys.argv[2]).read_bytes())
