"""The content of a card, and the same in words for people who can't see it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.i18n import gettext as _
from bot.i18n import pgettext
from bot.rendering.cards.plain import plain
from bot.rendering.words import moved, side_by_side

MOST_TEAMS = 12
MOST_PLAYERS = 3
MOST_PLAYERS_ALONE = 10
MOST_FACTS = 3
NOBODY = "–"
"""Shown in place of an empty name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """The headings of the team columns, the players and their points.

    An empty ``change`` means that the card has no such column.
    """

    name: str
    change: str
    score: str
    mean: str
    participation: str
    players: str
    points: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    """One row of the table of teams.

    Attributes:
        change: places gained (negative: lost) since last week; None if the team had no place then.
        participation: such as "5 of 6"; ``share`` the same as a part of 1, for a bar.
    """

    place: str
    name: str
    change: int | None
    score: str
    mean: str
    participation: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerLine:
    """One row of the list of players."""

    place: str
    name: str
    points: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something worth telling: a label and its text, which may be long."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The content of a week's card. All texts are plain Unicode, without Markdown, of any length and script.

    It shows the first `MOST_TEAMS` teams, `MOST_PLAYERS` players (without teams `MOST_PLAYERS_ALONE`, in large print)
    and `MOST_FACTS` facts; ``more`` says how many teams, or without teams how many players, are left out.

    Attributes:
        rule: how the score is made, in a sentence.
    """

    title: str
    subtitle: str
    heads: Heads
    teams: tuple[TeamLine, ...] = ()
    players: tuple[PlayerLine, ...] = ()
    facts: tuple[Fact, ...] = ()
    rule: str = ""
    more: str = ""

    @property
    def shown_teams(self) -> tuple[TeamLine, ...]:
        """The teams that fit on the card."""
        return self.teams[:MOST_TEAMS]

    @property
    def shown_players(self) -> tuple[PlayerLine, ...]:
        """The players that fit on the card."""
        return self.players[: MOST_PLAYERS if self.teams else MOST_PLAYERS_ALONE]

    @property
    def shown_facts(self) -> tuple[Fact, ...]:
        """The facts that fit on the card."""
        return self.facts[:MOST_FACTS]


def alt_text(card: Card) -> str:
    """Everything the card shows, in its order, one item a line, with names and questions in full."""
    return "\n".join(line for line in map(plain, _told(card)) if line)


def _told(card: Card) -> Iterator[str]:
    yield card.title
    yield card.subtitle
    for team in card.shown_teams:
        yield _team_in_words(team, card.heads)
    if card.teams:
        yield card.more
    if card.shown_players:
        yield card.heads.players
    for player in card.shown_players:
        yield _("{place}. {name}, {head} {points}").format(
            place=player.place, name=plain(player.name) or NOBODY, head=card.heads.points, points=player.points
        )
    if not card.teams:
        yield card.more
    for fact in card.shown_facts:
        yield _("{label}: {text}").format(label=fact.label, text=fact.text)
    yield card.rule


def _team_in_words(team: TeamLine, heads: Heads) -> str:
    name = plain(team.name) or NOBODY
    told = ((heads.score, team.score), (heads.mean, team.mean), (heads.participation, team.participation))
    figures = side_by_side(f"{head} {figure}" for head, figure in told)
    if not heads.change:
        return _("{place}. {name}; {figures}").format(place=team.place, name=name, figures=figures)
    return _("{place}. {name}, {change}; {figures}").format(
        place=team.place, name=name, change=_change_in_words(team.change), figures=figures
    )


def change_sign(change: int | None) -> str:
    """A change of place in a narrow column."""
    if change is None:
        return pgettext("team", "new")
    return f"▲ {change}" if change > 0 else f"▼ {-change}" if change else "–"


def _change_in_words(change: int | None) -> str:
    if change is None:
        return pgettext("team", "new")
    return moved(change) if change else _("same place")
