"""A row of a table, taken apart by its columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.importers.table.keys import Found
from bot.importers.table.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row, what kind of question it says it is, and its answers; wrong ones and choices may be missing."""

    record: Record
    kind: str
    choices: Sequence[str]
    wrong: Sequence[str]
    answer: str
    found: Found

    @property
    def has_choices(self) -> bool:
        """Whether it has something to choose from."""
        return sum(map(bool, self.choices)) > 1

    @property
    def is_lone(self) -> bool:
        """Whether it has a single choice, and isn't said to be answered by typing."""
        return sum(map(bool, self.choices)) == 1 and not self.wrong and self.kind not in {"short", "card"}
