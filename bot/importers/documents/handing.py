"""Hands the lines of a document to what reads text, and says of all that it finds where it stands in the document."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.domain.drafts import Finding, FindingCode, ParsedDocument, QuestionDraft
from bot.domain.errors import BadFile
from bot.domain.shortening import shortened
from bot.i18n import gettext as _
from bot.importers.detect import detect
from bot.importers.documents.groups import Group, groups_of
from bot.importers.documents.labels import typed_label, without_tick
from bot.importers.documents.marking import marked
from bot.importers.documents.piece import Block, Family, Piece
from bot.importers.documents.tables import merged, without_tables
from bot.importers.format import Format, Progress
from bot.importers.formats import aiken, gift, numbered, obsidian, opentriviaqa, prose, separated
from bot.importers.reading.compose import collapse
from bot.importers.source import Source

_READERS: tuple[Format, ...] = (
    numbered.FORMAT,
    separated.FORMAT,
    obsidian.FORMAT,
    gift.FORMAT,
    aiken.FORMAT,
    opentriviaqa.FORMAT,
    prose.FORMAT,
)
"""The formats that people also write in word processors."""
_TAGS = "a abbr b blockquote body br button caption code div em font footer form h1 h2 h3 h4 h5 h6 head header hr html"
_MORE_TAGS = "i iframe img input label li link main meta nav ol option p pre script section select span strong style"
_LAST_TAGS = "sub summary sup table tbody td textarea tfoot th thead title tr u ul video"
_TAG = re.compile(
    rf"</?(?:{'|'.join(f'{_TAGS} {_MORE_TAGS} {_LAST_TAGS}'.split())})\b[^<>`\n]{{0,200}}>", re.IGNORECASE
)
_FENCE = "```"
_SIGNS = re.compile(r"[\W_]+")
_QUOTED = 100


def read_blocks(
    name: str, blocks: Sequence[Block], progress: Progress, *, told: Callable[[int], str] = lambda _spot: ""
) -> ParsedDocument:
    """Read the questions and notes of a document.

    Args:
        name: the format's name.
        blocks: the lines and tables of the document; its spots become the lines of drafts, notes and findings.
        progress: told how far reading is.
        told: says of a spot what a person calls it, to stand before the messages of findings; empty: nothing.

    Raises:
        BadFile: the document holds nothing that can be read.
    """
    tables = without_tables(blocks)
    groups = groups_of(tables.pieces)
    pieces, marks = marked(tables.pieces, groups)
    lines = _lines(pieces)
    if not any(text for text, _spot in lines):
        if not tables.drafts:
            raise BadFile(_("It has no text. Choose a file with questions or notes in it."))
        document = ParsedDocument(format=name)
    else:
        document = _read(lines, progress)
    lost = _lost(tables.pieces, groups, document.questions)
    findings = [*document.findings, *tables.findings, *marks, *lost]
    return replace(
        document,
        format=name,
        questions=merged(document.questions, tables.drafts),
        findings=tuple(_placed(finding, told(finding.line)) for finding in findings),
    )


def _lost(pieces: Sequence[Piece], groups: Sequence[Group], drafts: Sequence[QuestionDraft]) -> Iterator[Finding]:
    """A finding for all choices behind letters or boxes that no question has: what read the text took them for more."""
    known = {_SIGNS.sub("", choice).casefold() for draft in drafts for choice in draft.choices}
    for group in groups:
        texts = [pieces[at].text for at in group.items]
        if group.family in {Family.LETTER, Family.BOX} and not any(_plainly(text) in known for text in texts):
            message = _("No question was found for these choices: “{text}”.")
            text = message.format(text=shortened(collapse(" / ".join(texts)), _QUOTED))
            yield Finding(line=pieces[group.items[0]].spot, code=FindingCode.BROKEN, message=text)


def _plainly(text: str) -> str:
    """The letters and digits of a choice, without its label."""
    bare = without_tick(text.strip())
    label = typed_label(bare)
    is_labelled = label is not None and label.family is not Family.NUMBER
    return _SIGNS.sub("", bare[label.length if label and is_labelled else 0 :]).casefold()


def _read(lines: Sequence[tuple[str, int]], progress: Progress) -> ParsedDocument:
    """What reads text makes of lines: its line numbers become spots. This is all that documents know of it."""
    source = Source("\n".join(text for text, _spot in lines).encode())

    def spot(line: int) -> int:
        return lines[min(max(line, 1), len(lines)) - 1][1]

    try:
        document = detect(source, _READERS).parse(source, progress)
    except BadFile as refusal:
        if refusal.line is None:
            raise
        raise BadFile(refusal.marked.removeprefix(f"line {refusal.line}: "), line=spot(refusal.line)) from refusal
    return replace(
        document,
        questions=tuple(replace(draft, line=spot(draft.line)) for draft in document.questions),
        notes=tuple(replace(note, line=spot(note.line)) for note in document.notes),
        findings=tuple(replace(finding, line=spot(finding.line)) for finding in document.findings),
        roles="",  # its lines aren't those of the file
    )


def _lines(pieces: Sequence[Piece]) -> list[tuple[str, int]]:
    """The lines of a text that says what the pieces say, each with its spot; blank lines never follow each other."""
    lines: list[tuple[str, int]] = []
    in_code = False
    for piece in pieces:
        if piece.is_code != in_code:
            lines.append((_FENCE, piece.spot))
            in_code = piece.is_code
        if in_code:
            lines.append((piece.text.replace(_FENCE, "'''"), piece.spot))
        elif piece.text or piece.label:
            lines.append((f"{piece.label} {_shown(piece)}".strip(), piece.spot))
        elif lines and lines[-1][0]:
            lines.append(("", piece.spot))
    if in_code:
        lines.append((_FENCE, lines[-1][1]))
    return lines


def _shown(piece: Piece) -> str:
    """A line with what Markdown would take for its own as code: HTML tags that it names, and signs that are choices."""
    text = piece.text
    if piece.family is Family.LETTER and "`" not in text and not _SIGNS.sub("", text):
        return f"`{text.strip()}`" if text.strip() else text
    if "<" not in text:
        return text
    parts = text.split("`")
    closed = len(parts) % 2 == 1
    return "`".join(
        part if closed and at % 2 else _TAG.sub(lambda found: f"`{found[0]}`", part) for at, part in enumerate(parts)
    )


def _placed(finding: Finding, told: str) -> Finding:
    return replace(finding, message=f"{told}: {finding.message}") if told else finding
