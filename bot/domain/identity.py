"""Ids, and the people and spaces they belong to."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

BankId = NewType("BankId", int)
QuestionId = NewType("QuestionId", int)
RoundId = NewType("RoundId", int)
SeriesId = NewType("SeriesId", int)
NightId = NewType("NightId", int)
SpaceId = NewType("SpaceId", int)
LeagueId = NewType("LeagueId", int)
TeamId = NewType("TeamId", int)
PlayerId = NewType("PlayerId", int)
SuggestionId = NewType("SuggestionId", int)
ImportId = NewType("ImportId", int)
ChoiceId = NewType("ChoiceId", int)
"""Within one question; never changes when choices are shown in another order or the wording is mended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """One server or workspace of a platform, or the local web room.

    Attributes:
        left_at: when the bot was removed from it; None while it is there.
        weekly_channel: the channel for last week's leaderboard; None: where the oldest series asks.
        weekly_next_at: when the next leaderboard is due; None: nothing was ever asked here.
        language: the language of what the bot posts there for everybody, one of `bot.i18n.LANGUAGES`.
    """

    id: SpaceId
    adapter: str
    external_id: str
    name: str
    league_id: LeagueId
    left_at: datetime | None = None
    weekly_channel: str | None = None
    weekly_next_at: datetime | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An account in a space, as the platform names it.

    Attributes:
        acted_at: when the account did what is being handled: the platform's time or, without one, when the bot received
            it; None: somebody else acts. If the account was deleted after that, it isn't stored again.
    """

    space_id: SpaceId
    external_id: str
    name: str
    acted_at: datetime | None = field(default=None, compare=False)

    @property
    def account(self) -> tuple[SpaceId, str]:
        """What tells this account from every other one, whatever name it has."""
        return self.space_id, self.external_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Seniority:
    """When an account was made, and when it joined the space; None: the platform doesn't tell."""

    account_since: datetime | None = None
    joined_at: datetime | None = None


UNKNOWN = Seniority()


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """The person behind one or more linked members; ``among_fastest``: may be named among the fastest."""

    id: PlayerId
    name: str
    among_fastest: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Players of a league who are ranked together."""

    id: TeamId
    league_id: LeagueId
    name: str
    members: tuple[str, ...] = ()
