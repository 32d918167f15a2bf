"""Collects what a file holds besides its questions: prose in sections under their headings, and the file's title."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.drafts import Finding, FindingCode, NoteSection
from bot.i18n import gettext as _
from bot.importers.reading.compose import ends_sentence, markdown
from bot.importers.reading.headings import Heading, is_generic, is_titled, strict_heading, title, title_heading
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import is_ruler

LONGEST_TITLE = 160

_ASKS_TO_CHOOSE = re.compile(r"\bwhich\s+(?:\w+\s+)?of\s+(?:the|these)\s+following\b[^?]{0,300}\?\s*$", re.IGNORECASE)


@dataclass(slots=True)
class Beside:
    """Collects what a document holds besides its questions, from top to bottom.

    Attributes:
        heading: the heading that applies after the lines taken last; empty before the first heading.
        title: the document's title, if it begins with one.
    """

    notes: list[NoteSection] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    heading: str = ""
    title: str | None = None
    _depth: int = 0
    _started: bool = False

    def take(self, lines: Sequence[Line], *, question_follows: bool = False) -> None:
        """Take consecutive lines that belong to no question.

        Args:
            lines: in the order of the document.
            question_follows: whether a question comes right below, so that a short last line can be its heading.
        """
        if not self._started:
            lines = self._without_title(lines)
        if not any(line.text.strip() for line in lines):
            return
        found, last = sections(lines, question_follows=question_follows)
        self.notes += found
        if last and not (is_generic(last.text) and 0 < self._depth < last.depth):
            self.heading, self._depth = last.text, last.depth
        self.findings += _choiceless(lines)

    def _without_title(self, lines: Sequence[Line]) -> Sequence[Line]:
        at = next((at for at, line in enumerate(lines) if line.text.strip()), None)
        self._started = True
        if at is None:
            return lines
        heading = strict_heading(lines, at) or title_heading(lines, at)
        text = lines[at].text.strip()
        if heading:
            self.title = heading.text
        elif len(text) <= LONGEST_TITLE and not ends_sentence(text) and is_titled(text):
            self.title = title(text)
            return lines[at + 1 :]
        return lines


def sections(lines: Sequence[Line], *, question_follows: bool = False) -> tuple[list[NoteSection], Heading | None]:
    """The note sections in ``lines``, and the heading that applies after the last line."""
    found: list[NoteSection] = []
    heading: Heading | None = None
    line, body = 0, list[Line]()
    written = (at for at in range(len(lines) - 1, -1, -1) if lines[at].text.strip())
    last = next(written, -1) if question_follows else -1

    def close() -> None:
        text = markdown(body)
        if text:
            first = next(text_line.number for text_line in body if text_line.text.strip())
            found.append(NoteSection(line=line or first, heading=heading.text if heading else "", text=text))

    at = 0
    while at < len(lines):
        own = lines[at]
        head = _heading(lines, at, question_follows=at == last) if own.text else None
        if head:
            if not (heading and is_generic(head.text) and heading.depth < head.depth):
                close()
                heading, line, body = head, own.number, []
            at = head.end
            continue
        if not is_ruler(own.text):
            body.append(own)
        at += 1
    close()
    return found, heading


def _heading(lines: Sequence[Line], at: int, *, question_follows: bool) -> Heading | None:
    head = strict_heading(lines, at) or title_heading(lines, at)
    if head or not question_follows or not is_titled(lines[at].text):
        return head
    alone = at == 0 or not lines[at - 1].text.strip() or is_generic(lines[at].text.strip())
    return Heading(title(lines[at].text), 3, at + 1) if alone else None


def _choiceless(lines: Sequence[Line]) -> Iterator[Finding]:
    """The findings for lines that end in a request to choose, though no choices follow, on their paragraphs."""
    begins: int | None = None
    for line in lines:
        if not line.text.strip():
            begins = None
            continue
        begins = begins or line.number
        if _ASKS_TO_CHOOSE.search(line.text[-600:]):
            message = _("This asks the reader to choose, but no choices follow; it was kept as a note.")
            yield Finding(line=begins, code=FindingCode.BROKEN, message=message)
