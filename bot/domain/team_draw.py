"""The result of a team draw."""

from dataclasses import dataclass

from bot.domain.identity import PlayerId


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnTeam:
    """A drawn team, best members first.

    Attributes:
        strength: mean recent points of its members with results, in parts of a point; None: nobody has results.
    """

    name: str
    players: tuple[PlayerId, ...]
    members: tuple[str, ...]
    strength: float | None
