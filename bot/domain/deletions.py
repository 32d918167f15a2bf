"""Deleted accounts, remembered for a while so that nothing they did before brings them back."""

from datetime import timedelta
from hashlib import sha256

from bot.domain.errors import NotFound
from bot.domain.identity import SpaceId
from bot.i18n import gettext as _

REMEMBERED_FOR = timedelta(days=1)
"""How long a deletion is remembered; longer while a question with reactions from before it is open in the space."""


class Outdated(NotFound):
    """An account did something, and was deleted before that was stored."""

    def __init__(self) -> None:
        super().__init__(
            _("You deleted your data after doing this, so it wasn't saved. To take part again, do it once more.")
        )


def digest(space_id: SpaceId, external_id: str) -> str:
    """Return what a deleted account is remembered by: it lists nobody, but whoever knows an account can look for it."""
    return sha256(f"{space_id}:{external_id}".encode("utf-8", "surrogatepass")).hexdigest()
