"""What every response carries, and which requests are not answered at all."""

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.i18n import gettext as _
from bot.site import is_loopback

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # With "no-referrer" browsers would send forms with "Origin: null", which can't be told from a foreign one.
    "Server": "Quizbot",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Forbid the browser everything that the room doesn't need; for ``on_response_prepare``."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


def only_own_names(host: str) -> Middleware:
    """Answer only to names of ``host``, where that is this machine alone.

    A page from elsewhere can point a name of its own at 127.0.0.1, and would then be of the room's origin.
    """

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        name = urlsplit(f"//{request.host}").hostname or ""
        if is_loopback(host) and not is_loopback(name):
            text = _("This address isn't served here. Open the one that the bot printed.")
            return web.Response(status=421, text=f"{text}\n")
        return await handler(request)

    return check
