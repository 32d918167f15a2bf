"""Which answers of a batch stand: pure, whatever database it is for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.answers import STORED, Answer, AnswerOutcome, AnswerStatus, SubmitAnswer, decide
from bot.domain.identity import PlayerId, RoundId, SpaceId
from bot.domain.rounds import Round

AnswerKey = tuple[RoundId, PlayerId]
MemberKey = tuple[SpaceId, str]


@dataclass(frozen=True, slots=True)
class Settled:
    """Outcomes in the order of the batch, and the answers that stand now and did not before."""

    outcomes: list[AnswerOutcome]
    changed: dict[AnswerKey, Answer]


def settle(
    batch: Sequence[SubmitAnswer],
    rounds: Mapping[RoundId, Round],
    players: Mapping[MemberKey, PlayerId],
    before: Mapping[AnswerKey, Answer],
) -> Settled:
    """Decide a batch in turn, each answer knowing those before it."""
    outcomes: list[AnswerOutcome] = []
    changed: dict[AnswerKey, Answer] = {}
    for one in batch:
        round_ = rounds.get(one.round_id)
        if round_ is None:
            outcomes.append(AnswerOutcome(status=AnswerStatus.NO_SUCH_ROUND))
            continue
        key = one.round_id, players[one.member.space_id, one.member.external_id]
        outcome = decide(round_, changed.get(key) or before.get(key), one, key[1])
        if outcome.status in STORED and outcome.answer is not None:
            changed[key] = outcome.answer
        outcomes.append(outcome)
    return Settled(outcomes, changed)
