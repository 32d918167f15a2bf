"""Accounts for every line of a document: what it was taken for."""

from collections.abc import Iterable, Sequence

from bot.domain.drafts import LineRole
from bot.importers.reading.anatomy import RawQuestion
from bot.importers.reading.doubts import Span
from bot.importers.reading.page import Page
from bot.importers.reading.text import Line


def line_roles(
    lines: Sequence[Line],
    page: Page,
    raws: Sequence[RawQuestion],
    rests: Sequence[Span],
    furniture: Iterable[Line],
) -> str:
    """Return the place of each of ``lines``, a letter for each.

    Args:
        lines: all lines of the file.
        page: those that questions and notes were looked for in; lines with text that it lacks belong to a key apart.
        raws: the questions, with their lines as in the file.
        rests: the stretches of the page that belong to no question.
        furniture: the lines that belong to the page, not to the text.
    """
    found = [LineRole.KEY if line.text.strip() else LineRole.BLANK for line in lines]
    for start, end in rests:
        for at in range(start, end):
            found[page.lines[at].number - 1] = _beside(page, at)
    for raw in raws:
        _set(found, raw.stem, LineRole.STEM)
        for choice in raw.choices:
            _set(found, choice.lines, LineRole.CHOICE)
            _set(found, choice.remarks, LineRole.EXPLANATION)
        for told in (raw.explanation, *raw.choice_explanations.values()):
            _set(found, told, LineRole.EXPLANATION)
        found[raw.line - 1] = LineRole.STEM
    _set(found, furniture, LineRole.FURNITURE)
    return "".join(found)


def _beside(page: Page, at: int) -> LineRole:
    if page.is_blank(at) or at in page.rulers:
        return LineRole.BLANK
    return LineRole.HEADING if at in page.headings else LineRole.NOTE


def _set(found: list[LineRole], lines: Iterable[Line], role: LineRole) -> None:
    for line in lines:
        if line.text.strip():
            found[line.number - 1] = role
