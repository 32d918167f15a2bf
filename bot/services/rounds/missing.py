"""Tell hosts who hasn't answered an open question yet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.commands import Caller
from bot.domain.errors import NotFound
from bot.domain.identity import PlayerId
from bot.domain.questions import Question
from bot.domain.rounds import Round
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.services.core import Core

_LATELY = timedelta(days=28)
"""Whoever has answered within this time is expected to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """How many of those who are expected to answer an open question haven't, as yet.

    Attributes:
        expected: how many are expected, including those who have answered.
        names: who is missing; None if the league's rules don't let hosts see that.
    """

    question: Question
    missing: int
    expected: int
    names: tuple[str, ...] | None


async def not_yet_answered(core: Core, caller: Caller) -> list[Expected]:
    """Return for each open question of the caller's channel who hasn't answered it.

    Everybody is expected who has answered a question for all in the caller's space within the last four weeks.

    Raises:
        NotFound: no question is open there.
    """
    since = core.clock.now() - _LATELY

    async def read(unit: Unit) -> list[Expected]:
        league = await unit.leagues.get((await unit.spaces.get(caller.space.id)).league_id)
        rounds = [one for one in await unit.rounds.open_in(caller.space.id, caller.channel) if one.private_to is None]
        players = await unit.answers.players_since(caller.space, since) if rounds else frozenset()
        names = await unit.people.names(list(players)) if league.rules.name_unanswered else None
        return [await _expected(unit, one, players, names) for one in rounds]

    found = await core.storage.read(read)
    if not found:
        raise NotFound(_("No question is open here."))
    return found


async def _expected(
    unit: Unit, round_: Round, players: Collection[PlayerId], names: Mapping[PlayerId, str] | None
) -> Expected:
    answered = {answer.player_id for answer in await unit.answers.of_round(round_.id) if answer.response}
    missing = set(players) - answered
    return Expected(
        question=await unit.banks.question(round_.question_id, round_.revision),
        missing=len(missing),
        expected=len(missing | answered),
        names=None if names is None else tuple(sorted((names[one] for one in missing), key=str.casefold)),
    )
