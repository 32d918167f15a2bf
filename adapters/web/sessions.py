"""Who a browser says it is: a signed cookie that holds all of it, so that sessions outlive restarts."""

import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web
from itsdangerous import BadSignature, URLSafeSerializer

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.settings import Settings
from bot.site import is_secure
from bot.system import make_private_file, make_private_folder

COOKIE = "quizbot_session"
SECURE_COOKIE = f"__Host-{COOKIE}"
"""Over HTTPS: browsers take this name from this very host alone, and only over HTTPS."""
_RENEWED_AFTER = 1 / 30
"""Of the time that a session lasts."""
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
        epoch: the member's sessions may be ended: then those of this epoch are over.
        at: when the cookie was written, in seconds since 1970.
    """

    csrf: str = field(default_factory=_token)
    member_id: str | None = None
    player_id: int | None = None
    name: str = ""
    epoch: int = 0
    at: int = 0


class Forged(Exception):
    """The cookie isn't signed by this room."""


class Sessions:
    """Reads and writes the cookie."""

    def __init__(self, key: str, *, lasts: timedelta, now: Callable[[], datetime]) -> None:
        """Sign with ``key``; a session that isn't used for as long as it ``lasts`` is over."""
        self._signer = URLSafeSerializer(key, salt="quizbot web session")
        self._lasts_s = int(lasts.total_seconds())
        self._now = now

    def read(self, request: web.Request) -> Session | None:
        """The session of a request; None when it has none, or one that is over.

        Raises:
            Forged: it isn't this room's.
        """
        cookie = request.cookies.get(_name(request))
        if cookie is None:
            return None
        try:
            session = Session(**self._signer.loads(cookie))
        except (BadSignature, TypeError):
            raise Forged from None
        return session if self._age_s(session) <= self._lasts_s else None

    def is_known(self, request: web.Request) -> bool:
        """Whether a member's browser sends it, as far as the cookie alone tells."""
        try:
            session = self.read(request)
        except Forged:
            return False
        return session is not None and session.member_id is not None

    def should_renew(self, session: Session) -> bool:
        """Whether the cookie is old enough to be written again, so that it lasts from now on."""
        return self._age_s(session) > self._lasts_s * _RENEWED_AFTER

    def _age_s(self, session: Session) -> float:
        return self._now().timestamp() - session.at

    def write(self, request: web.Request, response: web.StreamResponse, session: Session) -> None:
        """Hand a session to the browser."""
        value = self._signer.dumps(asdict(replace(session, at=int(self._now().timestamp()))))
        if not isinstance(value, str):
            raise TypeError("the signer made bytes of a cookie")
        response.set_cookie(
            _name(request),
            value,
            max_age=self._lasts_s,
            httponly=True,
            samesite="Lax",
            secure=is_secure(request),
            path="/",
        )

    def delete(self, request: web.Request, response: web.StreamResponse) -> None:
        """Take the session from the browser."""
        response.del_cookie(_name(request), path="/", secure=is_secure(request), httponly=True, samesite="Lax")


def _name(request: web.Request) -> str:
    return SECURE_COOKIE if is_secure(request) else COOKIE


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
            _("The session key can't be stored in {path}: {reason}. Make the folder writable.").format(
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
