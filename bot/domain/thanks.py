"""What members did for a space's questions, which the weekly post thanks them for."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.identity import PlayerId


class Deed(StrEnum):
    """What a member did for a question."""

    SUGGESTED = "suggested"
    """It was their suggestion, and a host accepted it."""
    IMPROVED = "improved"
    """They edited it, corrected its key, or accepted another answer to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanked:
    """A player with the number of questions that they suggested or improved."""

    player_id: PlayerId
    name: str
    suggested: int = 0
    improved: int = 0
