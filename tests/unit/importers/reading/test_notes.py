"""Notes between questions: each line is looked at only so often, however many there are."""

from collections.abc import Iterator
from typing import Any

import pytest
from typing_extensions import override

from bot.importers.reading.lines import Line
from bot.importers.reading.notes import Beside

_LINES = 500
_LOOKS = 20
"""How often a line may be looked at: it is several times as often as needed, and far from once for each line."""


class _Counted(list[Line]):
    """Lines that count how often one of them is looked at."""

    looks = 0

    @override
    def __getitem__(self, at: Any) -> Any:
        self.looks += len(range(*at.indices(len(self)))) if isinstance(at, slice) else 1
        return super().__getitem__(at)

    @override
    def __iter__(self) -> Iterator[Line]:
        for line in super().__iter__():
            self.looks += 1
            yield line


@pytest.mark.parametrize("text", ["Which of the following?", "Title Words Here", "", "Tin floats on water. "])
@pytest.mark.parametrize("question_follows", [True, False])
def test_work_grows_with_the_lines_and_not_with_their_square(text: str, question_follows: bool) -> None:
    lines = _Counted(Line(number, text) for number in range(1, _LINES))
    lines.append(Line(_LINES, "Title Words Here"))
    beside = Beside()
    beside.take([Line(1, "# A title")])
    beside.take(lines, question_follows=question_follows)
    assert lines.looks < _LOOKS * _LINES
