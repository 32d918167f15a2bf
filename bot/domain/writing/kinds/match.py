"""How people write sides to match: ``left = right`` on each line, ``= right`` for one that belongs nowhere."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.drafts import QuestionDraft
from bot.domain.lines import one_line
from bot.domain.views import MOST_FIELDS
from bot.domain.writing.record import Complain, KindInWriting, Part
from bot.domain.writing.signs import BETWEEN_SIDES, repeated, split_at, without_separator
from bot.i18n import gettext as _
from bot.i18n import later

MOST_DISTRACTORS = 15
"""The most right sides that belong to nothing, as in a bank's file."""


def _read(draft: QuestionDraft, text: str, complain: Complain) -> QuestionDraft:
    sides = [_sides(line) for line in text.split("\n") if line.strip()]
    pairs = [(side[0], side[1]) for side in sides if len(side) == 2 and side[0]]
    more = [side[1] for side in sides if len(side) == 2 and not side[0]]
    for problem in _problems(sides, pairs, more):
        complain(Part.ANSWERS, problem)
    lefts = tuple(left for left, _right in pairs)
    rights = tuple(dict.fromkeys([*(right for _left, right in pairs), *more]))
    return replace(
        draft,
        choices=(*lefts, *rights),
        key=tuple(len(lefts) + rights.index(right) for _left, right in pairs),
        select=len(lefts),
    )


def _sides(line: str) -> list[str]:
    return list(map(one_line, split_at(line, BETWEEN_SIDES, most=1)))


def _problems(sides: Sequence[Sequence[str]], pairs: Sequence[tuple[str, str]], more: Sequence[str]) -> list[str]:
    found = []
    if any(len(side) < 2 or not side[1] for side in sides):
        found.append(_("Write each pair as left = right; only the left side of a line may be empty."))
    if not 2 <= len(pairs) <= MOST_FIELDS:
        found.append(_("Write 2 to {most} pairs, one on each line: left = right").format(most=MOST_FIELDS))
    if len(more) > MOST_DISTRACTORS:
        text = _("At most {most} lines may begin with =.")
        found.append(text.format(most=MOST_DISTRACTORS))
    if (left := repeated(left for left, _right in pairs)) is not None:
        found.append(_("“{text}” is the left side of two pairs. Give it one right side.").format(text=left[:60]))
    return found


def _write(draft: QuestionDraft) -> str:
    pairs = [(left, draft.choices[position]) for left, position in zip(draft.choices, draft.key, strict=False)]
    in_pairs = {*range(len(pairs)), *draft.key}
    more = [text for position, text in enumerate(draft.choices) if position not in in_pairs]
    return "\n".join([*(_pair(left, right) for left, right in pairs), *(_pair("", right) for right in more)])


def _pair(left: str, right: str) -> str:
    return f"{without_separator(left, BETWEEN_SIDES)} {BETWEEN_SIDES} {right}".lstrip()


IN_WRITING = KindInWriting(
    name="match",
    title=later("Pairs to match"),
    notation=later("left = right on each line; = right alone belongs to nothing"),
    read=_read,
    write=_write,
)
