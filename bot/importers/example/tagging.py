"""Says of each line of a file which part of a reading it fits, where it stands where such a line belongs."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.domain.readings import Reading
from bot.importers.example.pattern import Matched, Pattern, pattern
from bot.importers.reading.labels import positions_of
from bot.importers.reading.lines import Line

PARTS = ("right", "choice", "answer", "explanation", "question")
"""The parts of a reading, the first for which a line is taken first."""


UNMARKED = "{text}"
"""The pattern of choices that nothing marks: they are the lines right below the one that asks."""


class Tag(NamedTuple):
    """What a line was taken for.

    Attributes:
        part: the part of the reading; ``stray`` for a choice that can't be one of the question above it; empty if the
            line fits none.
        fields: what the fields of the pattern are on the line.
        first: whether a group of choices begins there.
    """

    part: str = ""
    fields: Matched = Matched("")
    first: bool = False

    @property
    def is_choice(self) -> bool:
        """Whether a choice begins there."""
        return self.part in {"choice", "right"}


_NONE = Tag()
_BELOW = 50
"""How many lines below a question its first choice is looked for."""


def positions(label: str) -> set[int]:
    """Return the positions, counted from 0, at which a choice with this label can stand; none if it is no label."""
    return {at for _family, at in positions_of(label)} if label else set()


def tagged(lines: Sequence[Line], reading: Reading) -> list[Tag]:
    """Return a tag for each line. If nothing marks questions, each begins with the paragraph above its choices.

    Raises:
        BadInput: a part of the reading isn't a pattern.
    """
    patterns = {part: pattern(written) for part in PARTS if (written := getattr(reading, part))}
    if reading.choice == UNMARKED:
        patterns["choice"] = patterns.pop("choice")  # any line fits, so it comes last
        return [*_unmarked([_fits(line.text, patterns) for line in lines], is_marked="question" in patterns)]
    possible = [_fits(line.text, patterns) for line in lines]
    if "question" in patterns:
        return [*_below_questions(possible)]
    tags = [*_in_groups(possible, lines)]
    _begin_above(tags, lines)
    return tags


def _fits(text: str, patterns: dict[str, Pattern]) -> list[Tag]:
    """The tags that a line could have, the likeliest first."""
    if not text.strip():
        return []
    return [Tag(part, fields) for part, known in patterns.items() if (fields := known.match(text))]


def _below_questions(possible: Sequence[Sequence[Tag]]) -> Iterator[Tag]:
    """Yield the tags of lines whose questions are marked."""
    count, is_open = -1, False  # -1: above all questions
    for at, some in enumerate(possible):
        tag = some[0] if some else _NONE
        question = next((one for one in some if one.part == "question"), None)
        if tag.is_choice and question and (count < 0 or _begins_choices(possible, at + 1)):
            tag = question  # numbers before questions and before choices may look alike
        if tag.is_choice and count < 0:
            tag = _NONE
        elif tag.is_choice:
            expected = positions(tag.fields.label)
            if not is_open or (expected and count not in expected):
                tag = tag._replace(part="stray")
            else:
                count += 1
        elif tag.part == "question":
            count, is_open = 0, True
        elif tag.part and count > 0:
            is_open = False
        yield tag


def _unmarked(possible: Sequence[Sequence[Tag]], *, is_marked: bool) -> Iterator[Tag]:
    """Yield the tags of lines whose choices nothing marks: they end at a blank line or at the answer.

    If nothing marks questions either, each begins below a blank line.
    """
    asked, count, below_blank = False, 0, True
    for some in possible:
        tag = some[0] if some else _NONE
        if not is_marked and tag.is_choice and below_blank and not asked:
            tag = Tag("question", tag.fields)
        if tag.part == "question":
            asked, count = True, 0
        elif tag.is_choice and asked:
            count += 1
        elif tag.part or count:
            asked = False
            tag = _NONE if tag.is_choice else tag
        below_blank = not some
        yield tag


def _begins_choices(possible: Sequence[Sequence[Tag]], at: int) -> bool:
    """Whether the next line with a tag is the first choice of a question."""
    below = next((some for some in possible[at : at + _BELOW] if some), ())
    return any(tag.is_choice and 0 in positions(tag.fields.label) for tag in below)


def _in_groups(possible: Sequence[Sequence[Tag]], lines: Sequence[Line]) -> Iterator[Tag]:
    """Yield the tags of lines whose questions nothing marks: their choices form groups."""
    count, is_open = 0, True
    for at, some in enumerate(possible):
        tag = some[0] if some else _NONE
        if tag.is_choice:
            expected = positions(tag.fields.label)
            if (not is_open and (not expected or 0 in expected)) or (0 in expected and count not in expected):
                count, is_open = 0, True
            if not is_open or (expected and count not in expected):
                tag = tag._replace(part="stray")
            else:
                tag = tag._replace(first=count == 0)
                count += 1
        elif count and (tag.part or (lines[at].text.strip() and not lines[at - 1].text.strip())):
            is_open = False
        yield tag


def _begin_above(tags: list[Tag], lines: Sequence[Line]) -> None:
    """Let a question begin at the first line of each paragraph right above a group of choices."""
    for first in [at for at, tag in enumerate(tags) if tag.first]:
        begin = end = _below_text(tags, lines, first)
        while begin and not tags[begin - 1].part and lines[begin - 1].text.strip():
            begin -= 1
        if begin < end:
            tags[begin] = Tag("question", Matched(lines[begin].text.strip()))
        else:
            tags[first] = tags[first]._replace(part="stray")


def _below_text(tags: Sequence[Tag], lines: Sequence[Line], at: int) -> int:
    """The index after the nearest line with text above ``at``; lines with an answer above the choices don't count."""
    while at and (not lines[at - 1].text.strip() or tags[at - 1].part == "answer"):
        at -= 1
    return at
