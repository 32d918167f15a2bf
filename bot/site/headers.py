"""The headers of every response, whichever part of the process it comes from."""

from aiohttp import web

_EVERYWHERE = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # With "no-referrer" browsers would send forms with "Origin: null", which can't be told from a foreign site's.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_ONLY_HTTPS = "max-age=31536000"


def protect(response: web.StreamResponse, *, secure: bool) -> None:
    """Forbid the browser everything that our pages don't need, and hide which software answers."""
    response.headers.pop("Server", None)
    for name, value in _EVERYWHERE.items():
        response.headers.setdefault(name, value)
    if secure:
        response.headers.setdefault("Strict-Transport-Security", _ONLY_HTTPS)
