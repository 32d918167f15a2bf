"""Accounts for every line of a document: what it was taken for."""

from collections.abc import Iterable, Sequence

from typing_extensions import override

from bot.domain.drafts import LineRole
from bot.importers.reading.lines import Line, texts_in
from bot.importers.reading.page import Page
from bot.importers.reading.part import Part


class Roles:
    """Notes the role of each line of a file, one part after the other.

    Lines with text that stand in no part belong to a key that stands apart.
    """

    def __init__(self, lines: Sequence[Line], furniture: Iterable[Line]) -> None:
        key, blank = ord(LineRole.KEY), ord(LineRole.BLANK)
        self._found = bytearray(key if text.strip() else blank for text in texts_in(lines))
        self._set(furniture, LineRole.FURNITURE)

    def note(self, part: Part) -> None:
        """Note the lines of a part."""
        for at in part.page.rulers:
            self._found[part.page.lines[at].number - 1] = ord(LineRole.BLANK)
        for start, end in part.rests:
            for at in range(start, end):
                self._found[part.page.lines[at].number - 1] = ord(_beside(part.page, at))
        for raw in part.raws:
            self._set(raw.stem, LineRole.STEM)
            for choice in raw.choices:
                self._set(choice.lines, LineRole.CHOICE)
                self._set(choice.remarks, LineRole.EXPLANATION)
            for told in (raw.explanation, *raw.choice_explanations.values()):
                self._set(told, LineRole.EXPLANATION)
            self._found[raw.line - 1] = ord(LineRole.STEM)

    def _set(self, lines: Iterable[Line], role: LineRole) -> None:
        found, sign = self._found, ord(role)
        for line in lines:
            if line.text.strip():
                found[line.number - 1] = sign

    @override
    def __str__(self) -> str:
        return self._found.decode("ascii")


def _beside(page: Page, at: int) -> LineRole:
    if page.is_blank(at) or at in page.rulers:
        return LineRole.BLANK
    return LineRole.HEADING if at in page.headings else LineRole.NOTE
