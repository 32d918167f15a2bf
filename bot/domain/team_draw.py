"""What a draw of teams comes to."""

from dataclasses import dataclass

from bot.domain.identity import PlayerId


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnTeam:
    """A team to be, best members first.

    Attributes:
        strength: the mean of what its members with results earned lately, in parts of a point; None: nobody has any.
    """

    name: str
    players: tuple[PlayerId, ...]
    members: tuple[str, ...]
    strength: float | None
