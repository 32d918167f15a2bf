"""Decide which answers of a batch count: pure functions for any database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.domain.answers import STORED, Answer, AnswerOutcome, AnswerStatus, SubmitAnswer, decide, makes_player, refusal
from bot.domain.identity import LeagueId, Member, PlayerId, RoundId, SpaceId
from bot.domain.leagues import League
from bot.domain.rounds import Round

AnswerId = tuple[RoundId, PlayerId]
MemberKey = tuple[SpaceId, str]


class Sibling(NamedTuple):
    """A round that asks the same as another one; its kind differs if the question was edited in between."""

    round_id: RoundId
    space_id: SpaceId
    kind: str


Siblings = Mapping[RoundId, Sequence[Sibling]]
"""The other rounds that ask the same as a round; rounds that share nothing are left out."""

Deletions = Mapping[MemberKey, datetime]
"""When accounts were deleted; those that never were are left out."""

_NOBODY = PlayerId(0)


def acceptable(
    batch: Sequence[SubmitAnswer],
    rounds: Mapping[RoundId, Round],
    leagues: Mapping[LeagueId, League],
    deletions: Deletions,
) -> list[SubmitAnswer]:
    """Return the answers that their rounds can take: a refused click makes nobody a player."""
    known = [
        (one, rounds[one.round_id]) for one in batch if one.round_id in rounds and not _is_outdated(one, deletions)
    ]
    return [one for one, round_ in known if refusal(round_, one, leagues[round_.league_id].rules) is None]


def _is_outdated(one: SubmitAnswer, deletions: Deletions) -> bool:
    return bool(deletions) and one.is_outdated(deletions.get(one.member.account))


def players_to_be(known: Sequence[SubmitAnswer], rounds: Mapping[RoundId, Round]) -> list[Member]:
    """Return who has to be a player for `acceptable` answers: not those who only leave a field blank."""
    return [one.member for one in known if makes_player(rounds[one.round_id], one.given)]


@dataclass(frozen=True, slots=True)
class Settled:
    """Outcomes in the order of the batch, and the answers that stand now and did not before."""

    outcomes: list[AnswerOutcome]
    changed: dict[AnswerId, Answer]


def settle(
    batch: Sequence[SubmitAnswer],
    rounds: Mapping[RoundId, Round],
    players: Mapping[MemberKey, PlayerId],
    before: Mapping[AnswerId, Answer],
    leagues: Mapping[LeagueId, League],
    siblings: Siblings,
    deletions: Deletions,
) -> Settled:
    """Decide a batch in its order, so that each answer sees the results of earlier ones.

    ``players`` and ``before`` need only the people who gave an `acceptable` answer, and of those who aren't players
    yet only `players_to_be`; ``before`` also has their answers in the ``siblings``.
    """

    def elsewhere(round_id: RoundId, player_id: PlayerId) -> SpaceId | None:
        for sibling in siblings.get(round_id, ()):
            key = sibling.round_id, player_id
            answer = changed.get(key) or before.get(key)
            if answer is not None and answer.response:
                return sibling.space_id
        return None

    outcomes: list[AnswerOutcome] = []
    changed: dict[AnswerId, Answer] = {}
    for one in batch:
        round_ = rounds.get(one.round_id)
        if round_ is None:
            outcomes.append(AnswerOutcome(status=AnswerStatus.NO_SUCH_ROUND))
            continue
        if _is_outdated(one, deletions):
            outcomes.append(AnswerOutcome(status=AnswerStatus.DELETED, round=round_))
            continue
        player_id = players.get((one.member.space_id, one.member.external_id), _NOBODY)
        key = one.round_id, player_id
        outcome = decide(
            round_,
            changed.get(key) or before.get(key),
            one,
            player_id,
            rules=leagues[round_.league_id].rules,
            elsewhere=elsewhere(*key) if siblings else None,
        )
        if outcome.status in STORED and outcome.answer is not None:
            changed[key] = outcome.answer
        outcomes.append(outcome)
    return Settled(outcomes, changed)
