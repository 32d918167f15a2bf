"""Files that were read but not stored. They wait in memory until a host decides, time runs out, or the bot restarts."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from cachetools import FIFOCache

from bot.ports import ImportReport
from bot.services.banks.desk import Desk

MOST = 8
LASTS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingImport:
    """What was found in a file and mended so far, the bank it would be stored in, and what that would change.

    Attributes:
        made_at: when the file was read, or its questions were last mended.
        told: what came of the last thing that its owner did; empty: nothing yet.
    """

    desk: Desk
    report: ImportReport
    file_name: str
    bank: str
    member_id: str
    made_at: datetime
    told: str = ""


class WaitingImports:
    """The latest files that wait, each under a token that only its owner's pages hold."""

    def __init__(self) -> None:
        self._waiting: FIFOCache[str, WaitingImport] = FIFOCache(MOST)

    def keep(self, waiting: WaitingImport) -> str:
        """Keep a file, and return its token."""
        token = secrets.token_urlsafe(12)
        self._waiting[token] = waiting
        return token

    def get(self, token: str, member_id: str, now: datetime) -> WaitingImport | None:
        """Return the member's file under a token; None if it is gone."""
        for old in [key for key, one in self._waiting.items() if now - one.made_at > LASTS]:
            del self._waiting[old]
        waiting = self._waiting.get(token)
        return waiting if waiting and waiting.member_id == member_id else None

    def renew(self, token: str, mended: WaitingImport) -> None:
        """Keep a file as its owner has mended it; if it is gone meanwhile, it stays away."""
        waiting = self._waiting.get(token)
        if waiting and waiting.member_id == mended.member_id:
            self._waiting[token] = mended

    def drop(self, token: str, member_id: str) -> None:
        """Forget the member's file under a token; another's stays."""
        waiting = self._waiting.get(token)
        if waiting and waiting.member_id == member_id:
            del self._waiting[token]
