"""Prose that stands in a file beside its questions, as sections under their headings."""

from collections.abc import Sequence

from bot.domain.drafts import NoteSection
from bot.importers.compose import markdown
from bot.importers.headings import Heading, strict_heading, title_heading
from bot.importers.marks import RULER
from bot.importers.text import Line


def any_heading(lines: Sequence[Line], at: int) -> Heading | None:
    """The heading at index ``at`` by any sign that there is."""
    return strict_heading(lines, at) or title_heading(lines, at)


def sections(lines: Sequence[Line], under: str = "") -> tuple[list[NoteSection], str]:
    """The note sections on ``lines``, and the heading in force behind the last of them.

    Args:
        lines: consecutive lines that belong to no question.
        under: the heading in force before the first line.
    """
    found: list[NoteSection] = []
    heading, heading_line, body = under, 0, list[Line]()

    def close() -> None:
        text = markdown(body)
        if text:
            first = next(line.number for line in body if line.text.strip())
            found.append(NoteSection(line=heading_line or first, heading=heading, text=text))

    at = 0
    while at < len(lines):
        head = any_heading(lines, at)
        if head:
            close()
            heading, heading_line, body = head.text, lines[at].number, []
            at = head.end
            continue
        if not RULER.match(lines[at].text):
            body.append(lines[at])
        at += 1
    close()
    return found, heading
