"""Files that were read but not stored: they wait in memory for a yes, and go with a no, with time, or at a restart."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.drafts import ParsedDocument
from bot.ports import ImportReport

MOST = 8
LASTS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What was found in a file, the bank that it would go into, and what storing it would change there."""

    document: ParsedDocument
    report: ImportReport
    file_name: str
    bank: str
    member_id: str
    made_at: datetime


class Previews:
    """The latest previews, each under a token that only its maker's pages carry."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, Preview] = OrderedDict()

    def keep(self, preview: Preview) -> str:
        """Keep a preview; its token."""
        token = secrets.token_urlsafe(12)
        self._waiting[token] = preview
        if len(self._waiting) > MOST:
            self._waiting.popitem(last=False)
        return token

    def get(self, token: str, member_id: str, now: datetime) -> Preview | None:
        """The member's preview under a token; None when it is gone."""
        for old in [key for key, preview in self._waiting.items() if now - preview.made_at > LASTS]:
            del self._waiting[old]
        preview = self._waiting.get(token)
        return preview if preview and preview.member_id == member_id else None

    def drop(self, token: str, member_id: str) -> None:
        """Forget the member's preview under a token; another's stays."""
        preview = self._waiting.get(token)
        if preview and preview.member_id == member_id:
            del self._waiting[token]
