"""One person's accounts become one player: of two answers to one question, the earlier counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.identity import PlayerId, RoundId


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountAnswer:
    """An answer that one of the accounts gave; ``chosen`` is false if it was taken back."""

    round_id: RoundId
    player_id: PlayerId
    shared_id: int | None
    at: datetime
    event_id: str
    chosen: bool


def superfluous(given: Iterable[AccountAnswer]) -> list[AccountAnswer]:
    """Return the answers that don't count after linking: the later ones to the same round or shared question."""
    rounds: set[RoundId] = set()
    questions: set[int] = set()
    dropped = []
    for one in sorted(given, key=lambda answer: (not answer.chosen, answer.at, answer.event_id)):
        if one.round_id in rounds or (one.chosen and one.shared_id in questions):
            dropped.append(one)
            continue
        rounds.add(one.round_id)
        if one.chosen and one.shared_id is not None:
            questions.add(one.shared_id)
    return dropped
