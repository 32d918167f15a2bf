"""Takes items with several gaps in their text: lists to choose from, and gaps to type into."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.accepted import InBlank, NearMiss, check_accepted
from bot.domain.errors import BadInput
from bot.domain.gaps import GAP, count_gaps
from bot.domain.views import MOST_FIELDS
from bot.i18n import gettext as _
from bot.importers.moodle.weighted import FULL, Weighted, quoted
from bot.importers.qti.item import FIRST_GAP, MARK, NOBODY_WRITES, Interaction, Way
from bot.importers.qti.taking import Taking

_UNDERSCORES = re.compile("_{3,}")


def pairs_in(values: Iterable[str]) -> list[tuple[str, str]]:
    """Return pairs as QTI writes them, with a space between their sides.

    Raises:
        BadInput: one isn't a pair.
    """
    pairs = []
    for value in values:
        left, _space, right = value.partition(" ")
        if not right or " " in right:
            raise BadInput(_("“{text}” isn't a pair.").format(text=quoted(value)))
        pairs.append((left, right))
    return pairs


def take_lists(taking: Taking) -> None:
    """Take lists to choose one option from each: a single one as choices, several as pairs.

    Raises:
        BadInput: they let several options be chosen, one has no right option or several, or they are too many.
    """
    interactions = taking.item.interactions
    if not all(one.single for one in interactions):
        raise BadInput(_("Several choices are to be picked in one of its lists."))
    taking.weighing.settle(interactions)
    if len(interactions) == 1:
        _take_one(taking, interactions[0])
        return
    lists = [{option.ident: taking.side(option) for option in one.options} for one in interactions]
    rights = [
        texts[_right(taking, at, one)] for at, (one, texts) in enumerate(zip(interactions, lists, strict=True), start=1)
    ]
    prompts = [taking.texts.side(one.prompt) for one in interactions]
    if any(prompts):
        if not all(prompts):
            raise BadInput(_("One of its sides is empty."))
        taking.show_gaps({})
    else:
        taking.show_gaps({at: f"{GAP} ({at + 1})" for at in range(len(interactions))})
        prompts = [_name(at) for at in range(1, len(interactions) + 1)]
    _take_pairs(taking, list(zip(prompts, rights, strict=True)), [text for texts in lists for text in texts.values()])
    if len({frozenset(texts.values()) for texts in lists}) > 1:
        taking.simplify(_("In the source, each gap has a list of its own; here all have the same one."))


def take_gap_match(taking: Taking, one: Interaction) -> None:
    """Take gaps that are filled in with what stands in one list.

    Raises:
        BadInput: one has no right option or several, or they are too many.
    """
    texts = {option.ident: taking.side(option) for option in one.options}
    pairs = pairs_in(taking.weighing.together(one))
    gaps = [target.ident for target in one.targets]
    if any(option not in texts or gap not in gaps for option, gap in pairs):
        raise BadInput(_("Its pairs don't fit its gaps."))
    rights = []
    for at, gap in enumerate(gaps, start=1):
        right = [texts[option] for option, where in pairs if where == gap]
        if len(right) != 1:
            raise BadInput(_("Gap {number} has no right answer, or several.").format(number=at))
        rights += right
    taking.remark(one.ident, {"": one.claimed}, [""])
    if len(rights) == 1:
        taking.show_gaps({FIRST_GAP: GAP})
        some = [Weighted(text=text, weight=FULL * (text == rights[0])) for text in dict.fromkeys(texts.values())]
        taking.take_choices(some, single=True)
    else:
        taking.show_gaps({FIRST_GAP + at: f"{GAP} ({at + 1})" for at in range(len(gaps))})
        _take_pairs(taking, [(_name(at), text) for at, text in enumerate(rights, start=1)], [*texts.values()])


def take_blanks(taking: Taking) -> None:
    """Take gaps that are filled in by typing; of a list, the options stand behind its gap.

    Raises:
        BadInput: they are too many, or one has no right answer.
    """
    interactions = taking.item.interactions
    if len(interactions) > MOST_FIELDS:
        message = _("It has {number} gaps, but at most {most} are allowed.")
        raise BadInput(message.format(number=len(interactions), most=MOST_FIELDS))
    taking.weighing.settle(interactions)
    accepted: list[InBlank] = []
    near_misses: list[NearMiss] = []
    shown: dict[int, str] = {}
    exact: set[bool] = set()
    for at, one in enumerate(interactions):
        right, hints = _typed(taking, one, exact)
        if not right:
            raise BadInput(_("Gap {number} has no right answer.").format(number=at + 1))
        accepted += [InBlank(at, text) for text in right]
        near_misses += [NearMiss(text=text, hint=hint, blank=at) for text, hint in hints.items()]
        listed = " / ".join(map(taking.side, one.options)) if one.way is Way.LIST else ""
        shown[at] = f"{GAP} ({listed})" if listed else GAP
    taking.weighing.check_together(
        {
            one.ident: [right.text for right in accepted if right.blank == at]
            for at, one in enumerate(interactions)
            if not one.options and not one.texts
        }
    )
    last = interactions[-1].ident
    taking.remark(last, {"": taking.weighing.trial.given.get(last, ())}, [""])
    check_accepted([*(one.text for one in accepted), *(near.text for near in near_misses)])
    if len(exact) > 1:
        taking.simplify(_("In the source, capital letters count in some gaps only; here they count in none."))
    stem = _UNDERSCORES.sub(lambda found: r"\_" * len(found[0]), taking.draft.stem)
    taking.draft = replace(taking.draft, stem=stem)
    order = [int(number) for number in MARK.findall(stem)]
    taking.show_gaps(shown)
    if order != list(range(len(interactions))) or count_gaps(taking.draft.stem) != len(interactions):
        raise BadInput(_("Its gaps can't be told from other underscores in it."))
    taking.draft = replace(
        taking.draft,
        kind="blanks",
        accepted=tuple(accepted),
        near_misses=tuple(near_misses),
        exact=exact == {True},
    )


def _take_one(taking: Taking, one: Interaction) -> None:
    weights = taking.weighing.weights(one)
    texts = {option.ident: taking.side(option) for option in one.options}
    feedback = taking.remark(one.ident, {ident: (ident,) for ident in texts}, [])
    taking.show_gaps({0: GAP})
    taking.take_choices(
        [
            Weighted(text=text, weight=weights.get(ident, FULL * 0), feedback=feedback.get(ident, ""))
            for ident, text in texts.items()
        ],
        single=True,
    )


def _right(taking: Taking, at: int, one: Interaction) -> str:
    weights = taking.weighing.weights(one)
    right = [ident for ident, weight in weights.items() if weight == FULL]
    if len(right) != 1:
        raise BadInput(_("Gap {number} has no right answer, or several.").format(number=at))
    return right[0]


def _typed(taking: Taking, one: Interaction, exact: set[bool]) -> tuple[list[str], dict[str, str]]:
    """Return the texts that are right in a gap, and the wrong ones with what is told to whoever types them."""
    if one.way is Way.LIST:
        texts = {option.ident: taking.texts.typed(option.html) for option in one.options}
        weights = taking.weighing.weights(one)
        return [texts[ident] for ident, weight in weights.items() if weight == FULL], {}
    if one.way is Way.NUMBER:
        numbers = taking.numbers(one)
        if any(number.tolerance or number.value.denominator > 1 for number in numbers):
            raise BadInput(_("Numbers with a tolerance or a point can't be asked for beside other gaps."))
        return [str(number.value) for number in numbers], {}
    if one.texts:
        return list(dict.fromkeys(map(taking.texts.typed, one.texts))), {}
    weights, is_exact = taking.weighing.texts(one)
    right = [text for text, weight in weights.items() if weight == FULL]
    exact.add(is_exact)
    feedback = taking.own_remarks(one.ident, {**{text: (text,) for text in weights}, "": (NOBODY_WRITES,)})
    return right, {text: hint for text, hint in feedback.items() if text not in right}


def _take_pairs(taking: Taking, pairs: Sequence[tuple[str, str]], offered: Sequence[str]) -> None:
    rights = [right for _left, right in pairs]
    taking.take_pairs(pairs, [text for text in dict.fromkeys(offered) if text not in rights])


def _name(at: int) -> str:
    return _("Gap {number}").format(number=at)
