"""Who a browser says it is: a signed cookie that holds all of it, so that sessions outlive restarts."""

import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

from aiohttp import web
from itsdangerous import BadSignature, URLSafeTimedSerializer

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.settings import Settings
from bot.system import make_private_file, make_private_folder

COOKIE = "quizbot_session"
LASTS_S = 365 * 24 * 3600
_KEY_FILE = "web-session.key"


def _token() -> str:
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What the cookie says; without a member it belongs to a visitor who hasn't joined.

    Attributes:
        csrf: what every form of this browser has to repeat.
        member_id: the member's id in the room's space.
        player_id: the player behind it; tells a member from an earlier one of the same name who was deleted.
    """

    csrf: str = field(default_factory=_token)
    member_id: str | None = None
    player_id: int | None = None
    name: str = ""


class Sessions:
    """Reads and writes the cookie."""

    def __init__(self, key: str) -> None:
        self._signer = URLSafeTimedSerializer(key, salt="quizbot web session")

    def read(self, request: web.Request) -> Session | None:
        """The session of a request; None when it has none, or one that isn't ours."""
        try:
            return Session(**self._signer.loads(request.cookies[COOKIE], max_age=LASTS_S))
        except (KeyError, BadSignature, TypeError):
            return None

    def write(self, response: web.StreamResponse, session: Session, *, secure: bool) -> None:
        """Hand a session to the browser."""
        value = self._signer.dumps(asdict(session))
        if not isinstance(value, str):
            raise TypeError("the signer made bytes of a cookie")
        response.set_cookie(COOKIE, value, max_age=LASTS_S, httponly=True, samesite="Lax", secure=secure, path="/")


def signing_key(settings: Settings) -> str:
    """The secret from the settings; without one, a random key that is kept beside the database.

    Raises:
        BadInput: the key can't be kept.
    """
    if settings.web_secret is not None:
        return settings.web_secret.get_secret_value()
    path = settings.var_dir / _KEY_FILE
    try:
        return _read_or_make(path)
    except OSError as error:
        raise BadInput(
            _("The key for sessions can't be kept in {path}: {reason}. Make the folder writable.").format(
                path=path, reason=error.strerror
            )
        ) from None


def _read_or_make(path: Path) -> str:
    make_private_folder(path.parent)
    try:
        make_private_file(path)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip() or _replace_empty(path)
    path.write_text(key := secrets.token_urlsafe(48), encoding="ascii")
    return key


def _replace_empty(path: Path) -> str:
    """A full disk can leave an empty file behind: an empty key would let anybody sign."""
    path.unlink()
    return _read_or_make(path)
