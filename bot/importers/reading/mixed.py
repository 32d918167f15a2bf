"""Reads text files whose lines were typed by many hands: most are UTF-8, and some are in an older encoding."""

import re
from dataclasses import replace

from bot.domain.drafts import Finding, FindingCode
from bot.i18n import gettext as _
from bot.importers.reading.encoding import Guess, guessed, is_utf8
from bot.importers.reading.text import Line, ReadLines, read
from bot.importers.source import Source

_LINE_END = re.compile(rb"\r\n|\n|\r")
_SEQUENCE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf][\x80-\xbf]")
_LOST = "\ufffd"
_CUT_OFF_QUOTE = b"\xe2\x80?"
"""A closing quote that went through Windows-1252, which has no sign for its last byte."""


def read_mixed(source: Source) -> ReadLines:
    """The lines of a source, each decoded on its own if most that aren't ASCII are UTF-8; with findings on the others.

    Raises:
        BadFile: the source is empty, too large, or not text that people wrote.
    """
    as_one = ReadLines(source.lines_as_written, source.repairs)
    if b"\0" in source.data or is_utf8(source.data):
        return as_one
    raw = _LINE_END.split(source.data)
    others = [number for number, line in enumerate(raw, start=1) if not is_utf8(line)]
    if 2 * len(others) > sum(not line.isascii() for line in raw):
        return as_one
    older = [number for number in others if not _SEQUENCE.search(raw[number - 1])]
    codec, doubt = guessed(b"\n".join(raw[number - 1] for number in older)) if older else Guess("utf-8")
    reading = read("\n".join(_decoded(line, codec) for line in raw))
    told = {finding.line for finding in reading.findings}
    findings = [_repaired(reading.lines[number - 1]) for number in others if number not in told]
    if doubt:
        findings.append(replace(doubt, line=older[doubt.line - 1]))
    return reading._replace(findings=[*reading.findings, *findings])


def _repaired(line: Line) -> Finding:
    if _LOST in line.text:
        message = _("Some bytes can't be read as text; they were replaced by “\ufffd”.")
    else:
        message = _("Wrongly encoded characters were repaired.")
    return Finding(line=line.number, code=FindingCode.ENCODING_REPAIRED, message=message)


def _decoded(line: bytes, codec: str) -> str:
    if is_utf8(line):
        return line.decode("utf-8")
    if _SEQUENCE.search(line):  # damaged UTF-8
        return line.replace(_CUT_OFF_QUOTE, "”".encode()).decode("utf-8", errors="replace")
    return line.decode(codec, errors="replace")
