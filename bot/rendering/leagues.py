"""Messages about leagues: who shares one, how another space joins, and the rules."""

from collections.abc import Sequence

from bot.domain.identity import Space
from bot.domain.leagues import BEGINNING, League, Season
from bot.domain.typed import typed
from bot.domain.views import Caution, MessageView
from bot.domain.words import weekday_name
from bot.domain.zones import zone_words
from bot.i18n import gettext as _
from bot.i18n import ngettext, npgettext
from bot.rendering.words import literal

RULES_EXAMPLE = typed("league set", named={"account_age": "7d", "card": "dark"})
"""An example of the command that changes a league's rules."""


def invited(code: str) -> MessageView:
    """A code to give to the hosts of another space."""
    return MessageView(
        title=_("One league with another space"),
        text=_(
            "Give this to a host of the other space, in private. They type it there:\n\n`{command}`\n\nIt works "
            "once, within 7 days. Then I ask you whether you agree."
        ).format(command=typed("league join", code=code)),
    )


def proposed(name: str, spaces: Sequence[str], players: int, *, is_public: bool) -> MessageView:
    """What will happen if the other league agrees, including what can't be undone, for the host who typed its code."""
    text = _(
        "You are about to join the league {name}, which {spaces} and {players} share so far. This space's "
        "points, answers and teams come along. Once that league's hosts confirm, there is one leaderboard "
        "for all, with that league's time zone, rules and seasons. The final standings of seasons that ended "
        "here aren't kept. `{command}` undoes it, and takes what was earned here along again."
    ).format(name=_bold(name), spaces=_spaces(spaces), players=_players(players), command=typed("league leave"))
    if is_public:
        text += " " + _("That league has a public link, so anybody who has it will see your standings too.")
    return MessageView(
        title=_("One league together"),
        text=text,
        footer=_("I have asked its hosts, and I'll tell you what they decide."),
    )


def asked(name: str, players: int) -> MessageView:
    """A notice to the hosts of a league that another space wants to join."""
    return MessageView(
        title=_("Another space wants to join your league"),
        text=_(
            "{name} wants to play in one league with you, and would bring {players} with their points and teams. "
            "Accept with `{confirm}`, or turn it down with `{decline}`."
        ).format(
            name=_bold(name),
            players=_players(players),
            confirm=typed("league confirm"),
            decline=typed("league decline"),
        ),
    )


def waiting(league: str) -> MessageView:
    """The other league's hosts haven't agreed yet."""
    return MessageView(
        text=_("You said yes. I have asked the hosts of {league}, and I'll tell you what they decide.").format(
            league=_bold(league)
        )
    )


def nothing_waits(spaces: Sequence[str]) -> MessageView:
    """There is nothing to confirm."""
    if spaces:
        text = _("Done! You now play in one league with {spaces}.").format(spaces=_named(spaces))
    else:
        text = _("No space is waiting for your decision. Invite one: `{command}`").format(
            command=typed("league invite")
        )
    return MessageView(text=text)


def united(newcomer: str, league: str, spaces: Sequence[str]) -> MessageView:
    """Both sides have agreed and share one league now."""
    return MessageView(
        title=_("One league together"),
        text=_(
            "{newcomer} plays in the league {league} now, with all its points and teams. It is shared by {spaces}."
        ).format(newcomer=_bold(newcomer), league=_bold(league), spaces=_named(spaces)),
    )


def shared_with(spaces: Sequence[str]) -> MessageView:
    """A notice to the players of a space that people in other spaces see their names and points from now on."""
    return MessageView(
        title=_("A shared leaderboard"),
        text=_(
            "From now on, we share a leaderboard with {spaces}. People there can see your name and points, and you can "
            "see theirs. To delete all your data, use `{delete}`."
        ).format(spaces=_named(spaces), delete=typed("privacy delete")),
    )


def declined(space: str) -> MessageView:
    """A notice to a space that its request was turned down."""
    return MessageView(
        text=_("{space} would rather play on its own. Your league is as it was.").format(space=_bold(space))
    )


def leaving(name: str, others: Sequence[str]) -> Caution:
    """What happens if a space leaves the league that it shares with others."""
    return Caution(
        title=_("Leave the league?"),
        text=_(
            "This space leaves the league {name}, which it shares with {spaces}, and has a league of its own again. "
            "Its teams and the points earned here come along. To come back, you need a new invitation."
        ).format(name=_bold(name), spaces=_spaces(others)),
        yes=_("Leave it"),
    )


def left(league: str) -> MessageView:
    """A space has left a league and has its own again."""
    return MessageView(
        text=_("This space has its own league again. Your points, answers and teams came along from {league}.").format(
            league=_bold(league)
        )
    )


def has_left(space: str, league: str) -> MessageView:
    """A notice to the remaining spaces that a space has left the league."""
    return MessageView(
        text=_("{space} has left your league, and took its points along. Yours in {league} are as they were.").format(
            space=_bold(space), league=_bold(league)
        )
    )


def wish_lapsed(space: str) -> MessageView:
    """A notice to a space that the league it asked to join is gone: ``space`` has moved to another one."""
    return MessageView(
        text=_(
            "{space}, whose league you asked to join, plays in another league now. Your league is as it was. To "
            "join the other one, ask for a new code."
        ).format(space=_bold(space))
    )


def taken_back() -> MessageView:
    """A space has withdrawn its request to join."""
    return MessageView(text=_("You have withdrawn your request: this space keeps its own league."))


def league(
    league: League, spaces: Sequence[str], players: int, here: Space, *, asking: Sequence[str], wanted: str | None
) -> MessageView:
    """A league's spaces and rules."""
    rules = league.rules
    lines = [
        (_("Spaces"), _named(spaces) + f" ({_players(players)})"),
        (_("Time zone"), zone_words(league.zone)),
        (_("Season"), ", ".join(map(_season, league.seasons[-3:])) or _("none")),
        (_("Minimum account age"), _age(rules.min_account_days)),
        (_("Minimum time in the space"), _age(rules.min_join_days)),
        (
            _("{command} counts for teams").format(command=typed("quiz")),
            _("yes") if rules.team_race_on_demand else _("no"),
        ),
        (_("Hosts see who hasn't answered yet"), _("by name") if rules.name_unanswered else _("only how many")),
        (_("One missed day a week ends a streak"), _("no") if rules.streak_freeze else _("yes")),
        (_("Last week's leaderboard"), _weekly(league, here)),
    ]
    lines += [(_("Waiting for your decision"), _named(asking))] if asking else []
    lines += [(_("You asked to join"), literal(wanted))] if wanted else []
    return MessageView(
        title=_("League {name}").format(name=literal(league.name)),
        text="\n".join(f"- {name}: {said}" for name, said in lines),
        footer=_("Change something: {command}").format(command=RULES_EXAMPLE) if not asking else "",
    )


def _weekly(league: League, here: Space) -> str:
    where = _("in a channel of its own") if here.weekly_channel else _("where the daily question is")
    return _("{day} {time}, {where}, with a {theme} card").format(
        day=weekday_name(league.weekly.weekday),
        time=f"{league.weekly.at:%H:%M}",
        where=where,
        theme=theme_name(league.weekly.theme),
    )


def theme_name(theme: str) -> str:
    """The name of a card's theme."""
    return {"dark": _("dark"), "light": _("light")}[theme]


def _season(season: Season) -> str:
    name = literal(season.name) or str(season.number)
    if season.starts_on == BEGINNING:
        return name if season.ends_on is None else _("{name} until {end}").format(name=name, end=season.ends_on)
    if season.ends_on is None:
        return _("{name} since {start}").format(name=name, start=season.starts_on)
    return _("{name} from {start} to {end}").format(name=name, start=season.starts_on, end=season.ends_on)


def _age(days: int) -> str:
    if not days:
        return _("of any age")
    return ngettext("{number} day", "{number} days", days).format(number=days)


def _spaces(spaces: Sequence[str]) -> str:
    number = len(spaces)
    text = ngettext("{number} space", "{number} spaces", number).format(number=number)
    return f"{text} ({_named(spaces)})"


def _players(number: int) -> str:
    return ngettext("{number} player", "{number} players", number).format(number=number)


_NAMED = 10


def _named(spaces: Sequence[str]) -> str:
    """A list of names, shortened if there are many."""
    names = [literal(name) for name in spaces[:_NAMED]]
    if (left := len(spaces) - _NAMED) > 0:
        names.append(npgettext("spaces", "{number} more", "{number} more", left).format(number=left))
    return ", ".join(names)


def _bold(name: str) -> str:
    return f"**{literal(name)}**"
