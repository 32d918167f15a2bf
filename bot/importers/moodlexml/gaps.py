"""Takes questions whose text has gaps: typed texts fill blanks, and listed ones are chosen or matched."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.accepted import InBlank, NearMiss, check_accepted
from bot.domain.errors import BadInput
from bot.domain.gaps import GAP, count_gaps
from bot.domain.views import MOST_FIELDS
from bot.i18n import gettext as _
from bot.importers.moodle.building import Building, number
from bot.importers.moodle.markup import Markup, in_blocks, on_one_line
from bot.importers.moodle.weighted import FULL, Weighted, best
from bot.importers.moodlexml.cloze import Alternative, Gap, Way, with_gaps
from bot.importers.reading.compose import collapse

_LISTED = re.compile(r"\[\[([0-9]{1,3})\]\]")
_UNDERSCORES = re.compile("_{3,}")
_TYPED = frozenset({Way.TEXT, Way.EXACT_TEXT})


def take_listed(building: Building, options: Sequence[tuple[str, str]]) -> None:
    """Take gaps such as ``[[2]]``, which is right with the second of the options; each of these has its group.

    Raises:
        BadInput: the gaps don't fit the options, or are too many.
    """
    numbers = [int(found) for found in _LISTED.findall(building.draft.stem)]
    if not numbers or not all(0 < at <= len(options) for at in numbers):
        raise BadInput(_("Its gaps, such as [[1]], don't fit the words that fill them in."))
    groups = {options[at - 1][1] for at in numbers}
    offered = [text for text, group in options if group in groups]
    rights = [options[at - 1][0] for at in numbers]
    shown = iter(_shown(len(numbers)))
    building.draft = replace(building.draft, stem=_LISTED.sub(lambda _found: next(shown), building.draft.stem))
    if len(rights) == 1:
        texts = list(dict.fromkeys(offered))
        answers = [Weighted(text=text, weight=FULL * (text == rights[0])) for text in texts]
        building.take_choices(answers, single=True)
    else:
        _take_as_pairs(building, rights, offered)
        if len(groups) > 1:
            building.simplify(_one_list())


def take_embedded(building: Building, markup: Markup, gaps: Sequence[Gap]) -> None:
    """Take gaps whose answers are embedded in the text.

    Raises:
        BadInput: they are of ways that one question can't have together, or too many, or one has no right answer.
    """
    if not gaps:
        raise BadInput(_("There are no embedded answers in it."))
    ways = {gap.way for gap in gaps}
    if len(gaps) > 1 and len({gap.share for gap in gaps}) > 1:
        building.simplify(_("In the source, some gaps earn more points than others; here all count alike."))
    if len(gaps) == 1:
        _take_alone(building, markup, gaps[0])
    elif ways == {Way.ONE}:
        _take_choosing(building, markup, gaps)
    elif Way.SEVERAL in ways:
        raise BadInput(_("Several choices are to be picked in one of its gaps."))
    else:
        _take_blanks(building, markup, gaps)


def _take_alone(building: Building, markup: Markup, gap: Gap) -> None:
    building.draft = replace(building.draft, stem=with_gaps(building.draft.stem, [GAP]))
    answers = list(_answers(markup, gap))
    if gap.way in {Way.ONE, Way.SEVERAL}:
        building.take_choices(answers, single=gap.way is Way.ONE)
    elif gap.way is Way.NUMBER:
        others = [one for one in answers if one.text == "*"]
        building.take_numbers([one for one in answers if one.text != "*"], "\n\n".join(one.feedback for one in others))
    else:
        in_gap = count_gaps(building.draft.stem) == 1
        building.take_texts(answers, in_gap=in_gap, exact=gap.way is Way.EXACT_TEXT)


def _take_choosing(building: Building, markup: Markup, gaps: Sequence[Gap]) -> None:
    """Take gaps that each have choices, as sides to match."""
    building.draft = replace(building.draft, stem=with_gaps(building.draft.stem, _shown(len(gaps))))
    rights: list[str] = []
    lists: list[list[str]] = []
    for at, gap in enumerate(gaps, start=1):
        answers = list(_answers(markup, gap))
        right = _rights(at, answers)
        if len(right) > 1:
            raise BadInput(_("Gap {number} has several right answers.").format(number=at))
        rights.append(right[0].text)
        lists.append([one.text for one in answers])
        building.explain(f"{_name(at)}, {one.text}: {one.feedback}" for one in answers if one.feedback)
        if any(0 < one.weight < FULL for one in answers):
            building.simplify(_("In the source, some answers earn a part of the points; here they are wrong."))
    _take_as_pairs(building, rights, [text for listed in lists for text in listed])
    if len({frozenset(listed) for listed in lists}) > 1:
        building.simplify(_one_list())


def _take_as_pairs(building: Building, rights: Sequence[str], offered: Sequence[str]) -> None:
    distractors = [text for text in dict.fromkeys(offered) if text not in rights]
    building.take_pairs([(_name(at), text) for at, text in enumerate(rights, start=1)], distractors)


def _take_blanks(building: Building, markup: Markup, gaps: Sequence[Gap]) -> None:
    if len(gaps) > MOST_FIELDS:
        message = _("It has {number} gaps, but at most {most} are allowed.")
        raise BadInput(message.format(number=len(gaps), most=MOST_FIELDS))
    exact = {gap.way is Way.EXACT_TEXT for gap in gaps if gap.way in _TYPED}
    if len(exact) > 1:
        building.simplify(_("In the source, capital letters count in some gaps; here they don't count in any."))
    accepted: list[InBlank] = []
    near_misses: list[NearMiss] = []
    shown = []
    for at, gap in enumerate(gaps):
        answers = list(_answers(markup, gap))
        known = building.without_patterns(answers) if gap.way in _TYPED else answers
        right = _rights(at + 1, known)
        texts = [_whole_number(one.text) if gap.way is Way.NUMBER else one.text for one in right]
        accepted += [InBlank(at, text) for text in texts]
        others = [one for one in known if one not in right]
        near_misses += [NearMiss(text=one.text, hint=one.feedback, blank=at) for one in others if one.feedback]
        building.explain(one.feedback for one in right)
        if any(one.weight > 0 for one in others):
            building.simplify(_("In the source, some answers earn a part of the points; here they are wrong."))
        listed = " / ".join(one.text for one in answers)
        shown.append(f"{GAP} ({listed})" if gap.way is Way.ONE else GAP)
    check_accepted([*(one.text for one in accepted), *(near.text for near in near_misses)])
    stem = _UNDERSCORES.sub(lambda found: r"\_" * len(found[0]), building.draft.stem)
    stem = with_gaps(stem, shown)
    if count_gaps(stem) != len(gaps):
        raise BadInput(_("Its gaps can't be told apart from other underscores in it."))
    building.draft = replace(
        building.draft,
        kind="blanks",
        stem=stem,
        accepted=tuple(accepted),
        near_misses=tuple(near_misses),
        exact=exact == {True},
    )


def _whole_number(text: str) -> str:
    told = number(text)
    if told.tolerance or told.value.denominator > 1:
        raise BadInput(_("A gap for a number with a tolerance or a decimal point can't be asked beside other gaps."))
    return text.partition(":")[0].strip()


def _rights(at: int, answers: Sequence[Weighted]) -> list[Weighted]:
    most = best(answers)
    right = [one for one in answers if one.weight == most > 0 and one.text]
    if not right:
        raise BadInput(_("Gap {number} has no right answer.").format(number=at))
    return right


def _answers(markup: Markup, gap: Gap) -> Iterator[Weighted]:
    for one in gap.alternatives:
        yield Weighted(
            text=_text(markup, gap.way, one), weight=one.weight, feedback=in_blocks(markup.html(one.feedback))
        )


def _text(markup: Markup, way: Way, one: Alternative) -> str:
    text = markup.html(one.text)
    return collapse(text) if way in _TYPED or way is Way.NUMBER else on_one_line(text)


def _shown(count: int) -> list[str]:
    """What stands in the text for each gap that is filled in by choosing."""
    return [GAP] if count == 1 else [f"{GAP} ({at})" for at in range(1, count + 1)]


def _name(at: int) -> str:
    return _("Gap {number}").format(number=at)


def _one_list() -> str:
    return _("In the source, each gap has its own list; here all gaps share one.")
