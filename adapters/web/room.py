"""The running room's parts, which all its pages share."""

import hmac
import secrets
from dataclasses import dataclass, field

from cachetools import FIFOCache

from adapters.web.hub import Hub
from adapters.web.pages import Pages
from adapters.web.sessions import Sessions
from adapters.web.shared_reads import SharedReads
from adapters.web.whispers import Whispers
from bot.application import Application
from bot.domain.identity import ImportId, Space

ADAPTER = "web"
ROOM = "local"
"""The external id of the adapter's only space."""
CHANNEL = "study"

_TOLD = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One running room.

    Attributes:
        reads: what many pages need at the same moment.
        told: the outcome of the last action on each import desk, by the file and the desk's version.
    """

    app: Application
    space: Space
    pages: Pages
    sessions: Sessions
    invitation: "HostInvitation"
    hub: Hub = field(default_factory=Hub)
    whispers: Whispers = field(default_factory=Whispers)
    reads: SharedReads = field(default_factory=SharedReads)
    told: FIFOCache[tuple[ImportId, int], str] = field(default_factory=lambda: FIFOCache(_TOLD))


class HostInvitation:
    """The token of the host link, which works once and is printed where the bot runs."""

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(18)
        self._used = False

    def fits(self, token: str) -> bool:
        """Whether this token would be accepted now."""
        return not self._used and hmac.compare_digest(token.encode(), self.token.encode())

    def use(self, token: str) -> bool:
        """Accept a token, once."""
        fits = self.fits(token)
        self._used = self._used or fits
        return fits
