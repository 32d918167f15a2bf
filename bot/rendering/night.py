"""Messages of a quiz night."""

from collections.abc import Sequence
from datetime import date

from bot.domain.night import Night
from bot.domain.standings import Standing, on_podium
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.rendering.boards import standings_table
from bot.rendering.cards.card import MOST_PLAYERS_ALONE, Card
from bot.rendering.week_card import heads, player_line
from bot.rendering.words import and_more_people

_SHOWN = 10


def begins(night: Night) -> MessageView:
    """Say that a night begins."""
    pace = ngettext("{count} question, {seconds} seconds.", "{count} questions, {seconds} seconds each.", night.count)
    parts = [pace.format(count=night.count, seconds=night.seconds)]
    if night.speed:
        parts.append(_("A right answer in the first half of the time earns one point more."))
    return MessageView(title=_("Quiz night!"), text=" ".join(parts))


def so_far(standings: Sequence[Standing], number: int, count: int) -> MessageView:
    """Show who leads before the next question."""
    title = _("Quiz night: question {number} of {count} comes next").format(number=number, count=count)
    return MessageView(title=title, table=standings_table(standings[:_SHOWN]) if standings else None)


def podium(standings: Sequence[Standing], *, everybody_left: bool, too_few: bool) -> MessageView:
    """Show who won, and why the night is over if not all of it was played."""
    text = ""
    if everybody_left:
        text = _("Nobody has answered for a while, so we stop here. See you next time!")
    elif too_few:
        text = _("No further question is ready.")
    elif not standings:
        text = _("Nobody answered.")
    table = standings_table(standings[:_SHOWN]) if standings else None
    return MessageView(title=_podium_title(), text=text, table=table)


def podium_card(standings: Sequence[Standing], league: str, day: date) -> Card:
    """The best three of a night as a card; more people, if some are level, or how many of them have no room there."""
    best = on_podium(standings)
    left = len(best) - MOST_PLAYERS_ALONE
    return Card(
        title=_podium_title(),
        subtitle=f"{league} · {day}",
        heads=heads(_("Players"), change=""),
        players=tuple(map(player_line, best)),
        more=and_more_people(left) if left > 0 else "",
    )


def _podium_title() -> str:
    return _("The quiz night is over")
