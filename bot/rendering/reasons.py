"""Say in one plain line why a series asks a question."""

from bot.domain.question_draw import Drawn, Share
from bot.domain.series import Series
from bot.domain.series_options import ADAPTIVE, LEVELS
from bot.i18n import gettext as _
from bot.i18n import ngettext


def reason(series: Series, drawn: Drawn | None, group: str) -> str:
    """Why a question was drawn, or that another space chose it (``drawn`` is None); ``group`` is the group's level."""
    if drawn is None:
        return _("asked in another space of the league that day")
    if drawn.repeats:
        return _("all were asked; this one was asked longest ago, on {day}").format(
            day=f"{drawn.candidate.last_asked:%Y-%m-%d}"
        )
    fresh = ngettext("the last one never asked here", "one of {number} never asked here", drawn.fresh)
    parts = [fresh.format(number=drawn.fresh)]
    if drawn.topic:
        parts.append(_topic(drawn.topic))
    if drawn.level:
        parts.append(_difficulty(drawn.level))
    elif series.difficulty in LEVELS:
        parts.append(_("only {level} ones are wanted").format(level=_level(series.difficulty)))
    elif series.difficulty == ADAPTIVE:
        parts.append(_adaptive(drawn.candidate.level, group))
    return "; ".join(parts)


def _topic(share: Share) -> str:
    if share.due is None:
        return _("no question is left of any topic with a share")
    told = _("topic {name} had {had} of {of}, its share is {percent}%")
    return told.format(name=share.name, had=share.had, of=share.of, percent=f"{float(share.due * 100):.0f}")


def _difficulty(share: Share) -> str:
    if share.due is None:
        return _("no question is left of any difficulty with a share")
    told = _("difficulty {name} had {had} of {of}, its share is {percent}%")
    return told.format(name=_level(share.name), had=share.had, of=share.of, percent=f"{float(share.due * 100):.0f}")


def _adaptive(level: str, group: str) -> str:
    if level == group:
        return _("{level}, as suits the group now").format(level=_level(level))
    return _("{level}, because no {group} question is left, which would suit the group").format(
        level=_level(level), group=_level(group)
    )


def _level(level: str) -> str:
    return {"easy": _("easy"), "medium": _("medium"), "hard": _("hard")}.get(level, level)


def waiting(number: int, in_vain: int) -> str:
    """A note on questions that wait for another one; empty if none does."""
    if not number:
        return ""
    told = ngettext(
        "{number} question waits for the one it builds on.",
        "{number} questions wait for the ones they build on.",
        number,
    ).format(number=number)
    if in_vain:
        told += " " + ngettext(
            "{number} of them can't be asked, because the question it builds on is withdrawn, has no key or "
            "needs a look.",
            "{number} of them can't be asked, because the questions they build on are withdrawn, have no key or "
            "need a look.",
            in_vain,
        ).format(number=in_vain)
    return told
