"""Sessions: a signed cookie holds everything about one, so sessions outlive restarts."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web
from cachetools import LRUCache
from itsdangerous import BadSignature, URLSafeSerializer

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.settings import Settings
from bot.site import is_secure
from bot.system import make_private_file, make_private_folder

COOKIE = "quizbot_session"
SECURE_COOKIE = f"__Host-{COOKIE}"
"""The cookie's name over HTTPS: browsers accept this prefix only from this host and over HTTPS."""
_RENEWED_AFTER = 1 / 30
"""The share of a session's lifetime after which its cookie is renewed."""
_KEY_FILE = "web-session.key"
_REMEMBERED = 20_000
"""How many ended sessions are remembered; any other is recognised at its next request."""

_Whose = tuple[str | None, int | None, int]


def _token() -> str:
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The content of a cookie; without a member it belongs to a visitor who hasn't joined.

    Attributes:
        csrf: the token that every form of this browser must repeat.
        member_id: the member's id in the room's space.
        player_id: the member's player, to tell the member from a deleted one of the same name.
        epoch: a number that goes up when all of the member's sessions are ended; older ones are over.
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
        """Sign with ``key``; a session that isn't used for ``lasts`` has expired."""
        # Its default is SHA-1, which signed cookies before: those are still read, and renewed in time.
        self._signer = URLSafeSerializer(
            key,
            salt="quizbot web session",
            signer_kwargs={"digest_method": hashlib.sha256},
            fallback_signers=[{"digest_method": hashlib.sha1}],
        )
        self._ended: LRUCache[_Whose, None] = LRUCache(_REMEMBERED)
        self._lasts_s = int(lasts.total_seconds())
        self._now = now

    def read(self, request: web.Request) -> Session | None:
        """Return the session of a request; None if it has none or an expired one.

        Raises:
            Forged: this room didn't sign it.
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
        """Whether a request comes from a member's browser, judged by the cookie and by what `settle` was told."""
        try:
            session = self.read(request)
        except Forged:
            return False
        return session is not None and session.member_id is not None and _whose(session) not in self._ended

    def settle(self, session: Session, *, is_members: bool) -> None:
        """Remember whether a session that names a member is still theirs, so that `is_known` needs no database."""
        if is_members:
            self._ended.pop(_whose(session), None)
        elif session.member_id is not None:
            self._ended[_whose(session)] = None

    def should_renew(self, session: Session) -> bool:
        """Whether the cookie is old enough to be renewed."""
        return self._age_s(session) > self._lasts_s * _RENEWED_AFTER

    def _age_s(self, session: Session) -> float:
        return self._now().timestamp() - session.at

    def write(self, request: web.Request, response: web.StreamResponse, session: Session) -> None:
        """Write a session into the response's cookie."""
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
        """Delete the session's cookie."""
        response.del_cookie(_name(request), path="/", secure=is_secure(request), httponly=True, samesite="Lax")


def _whose(session: Session) -> _Whose:
    return session.member_id, session.player_id, session.epoch


def _name(request: web.Request) -> str:
    return SECURE_COOKIE if is_secure(request) else COOKIE


def signing_key(settings: Settings) -> str:
    """Return the secret from the settings, or else a random key that is stored in a file.

    Raises:
        BadInput: the key can't be stored.
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
    """Replace an empty key file, which a full disk can leave behind: an empty key would let anybody sign."""
    path.unlink()
    return _read_or_make(path)
