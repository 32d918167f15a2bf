"""Make one person's accounts one player; of two answers to one question, the earlier one counts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

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


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkWish:
    """A wish to make two players one once both agree: the one who typed a code, and the one who gave it out."""

    asking: PlayerId
    asked: PlayerId
    expires_at: datetime
    asking_agrees: bool = False
    asked_agrees: bool = False

    @property
    def is_agreed(self) -> bool:
        """Whether both sides agree."""
        return self.asking_agrees and self.asked_agrees

    def other(self, player: PlayerId) -> PlayerId:
        """Return the player on the other side."""
        return self.asked if player == self.asking else self.asking

    def agrees(self, player: PlayerId) -> bool:
        """Whether a side agrees."""
        return self.asking_agrees if player == self.asking else self.asked_agrees

    def agreed_by(self, player: PlayerId) -> Self:
        """Return the wish with the yes of one side added."""
        return replace(self, asking_agrees=True) if player == self.asking else replace(self, asked_agrees=True)


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
