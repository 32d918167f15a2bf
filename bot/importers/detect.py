"""Which kind of file it is, by what stands in it: each format counts the questions it would find."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.importers import obsidian, separated
from bot.importers.inline import one_choice_a_line
from bot.importers.marks import question_mark
from bot.importers.markup import front_matter_end
from bot.importers.runs import runs_of
from bot.importers.text import Line

_NATIVE = re.compile(rb"""^[ \t]*\{?[ \t]*["']?format["']?[ \t]*:[ \t]*["']?quizbot-bank/""", re.MULTILINE)
_QUESTIONS = re.compile(rb"""^[ \t]*\{?[ \t]*["']?questions["']?[ \t]*:""", re.MULTILINE)
_HEAD = 4096


def is_native(data: bytes, name: str = "") -> bool:
    """Whether a file is in the project's own format: it says so near its beginning, or its name and form do."""
    head = data[:_HEAD].replace(b"\0", b"")
    if _NATIVE.search(head):
        return True
    return PurePath(name).suffix.lower() in {".yaml", ".yml", ".json"} and bool(_QUESTIONS.search(head))


def detect(lines: Sequence[Line]) -> str:
    """The name of the format that finds the most questions; ``prose`` where none finds any.

    Raises:
        BadFile: nothing was found because it is data for programs, not text for people.
    """
    scores = scores_of(lines)
    best = max(scores, key=lambda name: scores[name])
    if scores[best]:
        return best
    if kind := _data_kind(lines):
        message = _("This is {kind}, which can't be read yet. Save its questions as plain text first.")
        raise BadFile(message.format(kind=kind))
    return "prose"


def _data_kind(lines: Sequence[Line]) -> str | None:
    filled = [line.text.strip() for line in lines if line.text.strip()]
    if not filled:
        return None
    if filled[0].casefold().startswith(("<?xml", "<!doctype", "<html", "<quiz", "<questestinterop")):
        return "XML or HTML"
    edges = filled[0][:1] + filled[-1][-1:]
    return "JSON" if edges in {"{}", "[]"} and filled[0].lstrip("{[ ")[:1] in {'"', "{", ""} else None


def scores_of(lines: Sequence[Line]) -> dict[str, int]:
    """How many questions each format would find, roughly; where two find as many, the earlier is the surer."""
    body = list(one_choice_a_line(lines[front_matter_end(lines) :]))
    blocks = separated.blocks(lines)
    named = sum(1 for line in body if (mark := question_mark(line.text)) and mark.named)
    return {
        "obsidian": sum(1 for line in body if obsidian.ends_front(line.text)),
        "numbered": max(len(runs_of(body)), named),
        "separated": sum(map(separated.is_question, blocks)) if len(blocks) > 1 else 0,
    }
