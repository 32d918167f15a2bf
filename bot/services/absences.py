"""Know when a platform's events were lost, and which rounds have been read back since."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.identity import RoundId
from bot.domain.rounds import Round


@dataclass(slots=True, eq=False)
class Absence:
    """A period in which a platform's events were lost.

    Attributes:
        until: when it ended; None while it lasts.
        made_up: rounds whose reactions have been read since, so that nothing of them is missing.
    """

    until: datetime | None = None
    made_up: set[RoundId] = field(default_factory=set)


class Absences:
    """The absences that adapters report in one process; a process that starts has been absent until then.

    A platform whose adapter reports none has none.
    """

    def __init__(self) -> None:
        self._down: set[tuple[str, Hashable]] = set()
        self._last: dict[str, Absence] = {}

    def begin(self, adapter: str, line: Hashable = None) -> None:
        """Record that events stopped on a line; most platforms have a single line, which needs no name."""
        self._down.add((adapter, line))

    def end(self, adapter: str, line: Hashable = None, *, lost_until: datetime | None) -> None:
        """Record that events come again. Those before ``lost_until`` are lost; None: the platform sends them later."""
        self._down.discard((adapter, line))
        if lost_until is not None:
            self._last[adapter] = Absence(lost_until)

    def over(self, adapter: str, round_: Round) -> Absence | None:
        """Return the absence in which a round may have changed unseen; None if it has missed nothing."""
        if any(name == adapter for name, _line in self._down):
            return Absence()
        last = self._last.get(adapter)
        if last is None or last.until is None or round_.opened_at >= last.until or round_.id in last.made_up:
            return None
        return last
