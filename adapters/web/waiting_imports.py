"""Files that were read but not stored. They wait in memory until a host decides, time runs out, or the bot restarts.

Whoever reads more of them than there is room for loses their own oldest ones before others lose theirs.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.importers.desk import Desk
from bot.ports import ImportReport

MOST = 8
MOST_OF_ONE = 3
"""How many files of one host wait."""
ROOM = 256 * 1024**2
"""How many bytes of memory all files that wait may take."""
LASTS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingImport:
    """What was found in a file and mended so far, the bank it would be stored in, and what that would change.

    Attributes:
        size: about how many bytes of memory it takes.
        made_at: when the file was read, or its questions were last mended.
        told: what came of the last thing that its owner did; empty: nothing yet.
    """

    desk: Desk
    report: ImportReport
    file_name: str
    bank: str
    member_id: str
    size: int
    made_at: datetime
    told: str = ""


class WaitingImports:
    """The latest files that wait, each under a token that only its owner's pages hold."""

    def __init__(self) -> None:
        self._waiting: dict[str, WaitingImport] = {}

    def keep(self, waiting: WaitingImport) -> str:
        """Keep a file, and return its token.

        Raises:
            BadInput: it is too large to wait.
        """
        token = secrets.token_urlsafe(12)
        self._put(token, waiting)
        return token

    def get(self, token: str, member_id: str, now: datetime) -> WaitingImport | None:
        """Return the member's file under a token; None if it is gone."""
        self._drop_old(now)
        waiting = self._waiting.get(token)
        return waiting if waiting and waiting.member_id == member_id else None

    def renew(self, token: str, mended: WaitingImport) -> None:
        """Keep a file as its owner has mended it; if it is gone meanwhile, it stays away.

        Raises:
            BadInput: it has become too large to wait; the file stays as it was.
        """
        waiting = self._waiting.get(token)
        if waiting and waiting.member_id == mended.member_id:
            self._put(token, mended)

    def drop(self, token: str, member_id: str) -> None:
        """Forget the member's file under a token; another's stays."""
        waiting = self._waiting.get(token)
        if waiting and waiting.member_id == member_id:
            del self._waiting[token]

    def _put(self, token: str, waiting: WaitingImport) -> None:
        if waiting.size > ROOM:
            message = _("“{name}” holds too much to wait here for a decision. Split it into smaller files.")
            raise BadInput(message.format(name=waiting.file_name))
        self._drop_old(waiting.made_at)
        others = [key for key in self._waiting if key != token]
        others.sort(key=lambda key: self._waiting[key].member_id != waiting.member_id)  # their own ones go first
        own = sum(self._waiting[key].member_id == waiting.member_id for key in others)
        size = sum(self._waiting[key].size for key in others)
        while own >= MOST_OF_ONE or len(others) >= MOST or size + waiting.size > ROOM:
            gone = self._waiting.pop(others.pop(0))
            own, size = own - (gone.member_id == waiting.member_id), size - gone.size
        self._waiting[token] = waiting

    def _drop_old(self, now: datetime) -> None:
        for old in [key for key, one in self._waiting.items() if now - one.made_at > LASTS]:
            del self._waiting[old]
