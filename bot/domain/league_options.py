"""Parse the words with which people change a league's rules."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.domain.errors import BadInput
from bot.domain.leagues import League, Rules, WeeklyPost
from bot.domain.words import parse_days, parse_time, parse_yes, switched
from bot.i18n import gettext as _

THEMES = ("light", "dark")
CHANNELS = HERE, WITH_THE_QUESTION = "here", "auto"
"""Where a space wants the weekly post: in the channel where the command was typed, or with the daily question."""

_LONGEST_AGE = 3_650


def changed(league: League, options: Mapping[str, str]) -> League:
    """Return the league with these options applied; ``weekly_channel`` belongs to each space and is ignored.

    Raises:
        BadInput: with what was wrong.
    """
    rules, weekly = league.rules, league.weekly
    on_demand, unanswered = options.get("team_race_on_demand"), options.get("name_unanswered")
    freeze = options.get("streak_freeze")
    return replace(
        league,
        rules=Rules(
            min_account_days=_age(options, "account_age", rules.min_account_days),
            min_join_days=_age(options, "join_age", rules.min_join_days),
            team_race_on_demand=rules.team_race_on_demand if on_demand is None else parse_yes(on_demand),
            name_unanswered=rules.name_unanswered if unanswered is None else parse_yes(unanswered),
            streak_freeze=rules.streak_freeze if freeze is None else parse_yes(freeze),
        ),
        weekly=_weekly(options, weekly),
    )


def _age(options: Mapping[str, str], name: str, before: int) -> int:
    text = options.get(name)
    if text is None:
        return before
    if text.strip().casefold() == "none" or switched(text) is False:
        return 0
    found = re.fullmatch(r"(\d{1,4})\s*(?:d|days?)?", text.strip(), re.IGNORECASE)
    if not found or int(found[1]) > _LONGEST_AGE:
        raise BadInput(_("“{text}” isn't a number of days. Write it like 7d, or 0 for any.").format(text=text))
    return int(found[1])


def _weekly(options: Mapping[str, str], before: WeeklyPost) -> WeeklyPost:
    day, time = options.get("weekly_day"), options.get("weekly_time")
    for word in options.get("weekly", "").split():
        if ":" in word:
            time = word
        else:
            day = word
    theme = options.get("card", before.theme).strip().casefold()
    if theme not in THEMES:
        raise BadInput(_("A card is light or dark, not “{theme}”.").format(theme=theme))
    return WeeklyPost(
        weekday=before.weekday if day is None else _weekday(day),
        at=before.at if time is None else parse_time(time),
        theme=theme,
    )


def _weekday(text: str) -> int:
    days = parse_days(text)
    if len(days) != 1:
        raise BadInput(_("Once a week is enough: name one day, like monday."))
    return min(days)


def parse_channel(text: str) -> str:
    """`HERE` or `WITH_THE_QUESTION`.

    Raises:
        BadInput: for anything else.
    """
    word = text.strip().casefold()
    if word not in CHANNELS:
        raise BadInput(
            _(
                "“{text}” isn't a channel. Write here for this channel, or auto for the daily question's channel."
            ).format(text=text)
        )
    return word
