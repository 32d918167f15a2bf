"""Reads JSON and YAML of other programs: lists of objects, each with a question, its choices and what is right."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.drafts import Finding, ParsedDocument
from bot.domain.errors import BadFile, BadInput
from bot.i18n import gettext as _
from bot.importers.format import CERTAIN, Format, Progress
from bot.importers.reading.compose import collapse
from bot.importers.reading.json_data import read_json
from bot.importers.reading.leaving import left_out
from bot.importers.reading.shape import refuse_large
from bot.importers.reading.yaml_data import read_yaml
from bot.importers.source import Source
from bot.importers.table.columns import headed
from bot.importers.table.objects import asked, count, questions, row, table, unasked
from bot.importers.table.rows import Table

_JSON = re.compile(r"[\[{]\s*+[\[{\"]")
_BEFORE = "\ufeff \t\r\n"
_MEMBER = re.compile(r'"([^"\\\n]{1,40})"\s{0,9}:')
_KEY = re.compile(r"""^(?:[ \t]|-[ \t])*+(["']?)([A-Za-z][^:\n"'#]{0,39})\1:(?=\s|$)""", re.MULTILINE)
_LIST = re.compile(
    r"(?:\s*+(?:\#[^\n]*+|---[ \t\r]*+)\n)*+(?:[a-z_]{1,40}:[ \t\r]*+\n)?\s*+-[ ]++[a-z_]{1,40}:[^\n]*+\n"
    r"(?:[ \t\r]*+\n)*+[ ]++[a-z_]{1,40}:"
)
"""Members in small letters one below the other, the first behind a hyphen: hardly anybody writes that for people."""
_SUFFIXES = frozenset({".yaml", ".yml"})
_END_OF_LINE = re.compile(r"(?<=\})(?=[ \t]*+\r?\n\s*+\{)")
"""Where a comma is missing between objects that have a line each: JSON itself doesn't allow them."""


def likelihood(source: Source) -> float:
    """The number of questions in a file that begins as JSON does; certain in YAML, in which others would find lines.

    Raises:
        BadFile: it looks like YAML, but isn't, and isn't called so either.
    """
    head = source.head.decode("utf-8", "replace").lstrip(_BEFORE)
    if _JSON.match(head):
        found = count([found[1] for found in _MEMBER.finditer(source.text)])
        return found + 0.5 if found else 0
    named = source.suffix in _SUFFIXES
    if not (named or _LIST.match(head)) or not count([found[2] for found in _KEY.finditer(source.text)]):
        return 0
    if not named:
        read_yaml(source.text)
    return CERTAIN


def parse(source: Source, progress: Progress) -> ParsedDocument:
    """Read a file in this format.

    Raises:
        BadFile: it isn't valid JSON or YAML, is made to exhaust whoever reads it, or holds no questions.
    """
    refuse_large(len(source.data))
    rows: list[tuple[int, Mapping[str, str]]] = []
    findings: list[Finding] = [*source.known_repairs]
    values = _values(source)
    found = questions(values)
    for one in found:
        try:
            rows.append((one.line, row(one)))
        except BadInput as refusal:
            findings.append(left_out(one.line, collapse(asked(one)), str(refusal)))
    if rows:
        reason = _("There is no question in it.")
        findings += [left_out(line, collapse(text), reason) for line, text in unasked(values, found)]
    progress(0.4)
    records = table(rows) if rows else []
    columns = headed(records[:1])
    if not columns and not findings:
        raise BadFile(_("There are no questions in this file. Export it again, with its questions."))
    if not columns:
        return ParsedDocument(format=FORMAT.name, questions=(), findings=tuple(findings))
    # Programs count from 0 or from 1, and a template for people says nothing of what they mean.
    columns = replace(columns, template="", may_count_from_zero=True)
    read = Table(columns, records[1:], "", lambda done: progress(0.4 + 0.6 * done))
    return ParsedDocument(format=FORMAT.name, questions=tuple(read.drafts), findings=(*findings, *read.findings))


def _values(source: Source) -> Any:  # noqa: ANN401  # JSON
    text = source.text.strip(_BEFORE)
    if text[:1] not in {"{", "["}:
        return read_yaml(source.text)
    parted = _END_OF_LINE.sub(",", text) if text[0] == "{" else text
    return read_json(text if parted == text else f"[{parted}]")


FORMAT = Format(
    name="data",
    about="JSON and YAML of other programs: lists of questions with their choices and answers",
    likelihood=likelihood,
    parse=parse,
)
