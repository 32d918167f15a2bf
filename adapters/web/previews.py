"""Files that were read but not stored. They wait in memory until a host decides, time runs out, or the bot restarts."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from cachetools import FIFOCache

from bot.domain.drafts import ParsedDocument
from bot.ports import ImportReport

MOST = 8
LASTS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What was found in a file, the bank it would be stored in, and what that would change."""

    document: ParsedDocument
    report: ImportReport
    file_name: str
    bank: str
    member_id: str
    made_at: datetime


class Previews:
    """The latest previews, each under a token that only its owner's pages hold."""

    def __init__(self) -> None:
        self._waiting: FIFOCache[str, Preview] = FIFOCache(MOST)

    def keep(self, preview: Preview) -> str:
        """Keep a preview, and return its token."""
        token = secrets.token_urlsafe(12)
        self._waiting[token] = preview
        return token

    def get(self, token: str, member_id: str, now: datetime) -> Preview | None:
        """Return the member's preview under a token; None if it is gone."""
        for old in [key for key, preview in self._waiting.items() if now - preview.made_at > LASTS]:
            del self._waiting[old]
        preview = self._waiting.get(token)
        return preview if preview and preview.member_id == member_id else None

    def drop(self, token: str, member_id: str) -> None:
        """Forget the member's preview under a token; another's stays."""
        preview = self._waiting.get(token)
        if preview and preview.member_id == member_id:
            del self._waiting[token]
