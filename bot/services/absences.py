"""What a platform's events didn't tell: from when to when nobody heard them, and which rounds were read back since."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.identity import RoundId
from bot.domain.rounds import Round


@dataclass(slots=True, eq=False)
class Absence:
    """A time in which a platform's events were lost.

    Attributes:
        until: when it ended; None while it lasts.
        made_up: rounds whose reactions were read since: of them nothing is missing any more.
    """

    until: datetime | None = None
    made_up: set[RoundId] = field(default_factory=set)


class Absences:
    """Kept by adapters, one process's knowledge: one that starts has been absent.

    A platform that tells of no absence never has one.
    """

    def __init__(self) -> None:
        self._down: set[tuple[str, Hashable]] = set()
        self._last: dict[str, Absence] = {}

    def begin(self, adapter: str, line: Hashable = None) -> None:
        """Events don't come any more on a line; most platforms have one line, which needs no name."""
        self._down.add((adapter, line))

    def end(self, adapter: str, line: Hashable = None, *, lost_until: datetime | None) -> None:
        """Events come again; those before ``lost_until`` never will. None: those that were missed come, too."""
        self._down.discard((adapter, line))
        if lost_until is not None:
            self._last[adapter] = Absence(lost_until)

    def over(self, adapter: str, round_: Round) -> Absence | None:
        """The absence in which something may have happened in a round that wasn't read back since."""
        if any(name == adapter for name, _line in self._down):
            return Absence()
        last = self._last.get(adapter)
        if last is None or last.until is None or round_.opened_at >= last.until or round_.id in last.made_up:
            return None
        return last
