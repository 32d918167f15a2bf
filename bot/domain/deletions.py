"""Deleted accounts, remembered for a while so that nothing they did before brings them back."""

from datetime import timedelta
from hashlib import sha256

from bot.domain.errors import NotFound
from bot.domain.identity import SpaceId
from bot.i18n import gettext as _

REMEMBERED_FOR = timedelta(days=1)
"""How long a deletion is remembered; longer if an older question with reactions is still open in the space."""


class Outdated(NotFound):
    """What an account did can't be stored any more, because the account was deleted in the meantime."""

    def __init__(self) -> None:
        super().__init__(
            _("You deleted your data after doing this, so it wasn't saved. To take part again, do it once more.")
        )


def digest(space_id: SpaceId, external_id: str) -> str:
    """Return the fingerprint of an account: it names nobody, but anybody who knows the account can compute it."""
    return sha256(f"{space_id}:{external_id}".encode("utf-8", "surrogatepass")).hexdigest()
