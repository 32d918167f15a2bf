"""Turn every failure into a kind page for the visitor and a log line with the same id."""

import secrets

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from adapters.common.languages import asked_for
from adapters.web.door import FRAGMENT_HEADER
from adapters.web.pages import Pages
from bot.domain.errors import BadInput, Busy, NotAllowed, NotFound, QuizbotError
from bot.domain.typed import plainly
from bot.i18n import gettext as _
from bot.i18n import use_language
from bot.ports import StorageUnavailable
from bot.services.limiting import Limited

_log = structlog.get_logger(__name__)

_STATUS: dict[type[QuizbotError], int] = {
    BadInput: 400,
    NotAllowed: 403,
    NotFound: 404,
    Limited: 429,
    Busy: 503,
    StorageUnavailable: 503,
}


def explain_failures(pages: Pages, otherwise: str) -> Middleware:
    """Give every request an id for the log, and every failure a page in the visitor's language.

    ``otherwise`` is the language of visitors whose browser asks for none that Quizbot speaks.
    """

    @web.middleware
    async def explain(request: web.Request, handler: Handler) -> web.StreamResponse:
        request_id = secrets.token_hex(4)
        with (
            use_language(asked_for(request) or otherwise),
            structlog.contextvars.bound_contextvars(request_id=request_id),
        ):
            try:
                return await handler(request)
            except web.HTTPException as problem:
                if problem.status < 400:
                    raise
                return _page(pages, request, problem.status, *_in_words(problem.status))
            except QuizbotError as error:
                return _page(pages, request, status_of(error), _("That didn't work"), plainly(str(error)))
            except ConnectionError:  # the visitor has gone
                raise
            except Exception:  # noqa: BLE001 - it is logged whole, and the visitor gets a page
                _log.exception("request_failed", path=request.path)
                text = _("It isn't your fault. The log says more, under {id}.").format(id=request_id)
                return _page(pages, request, 500, _("Something broke here"), text)

    return explain


def status_of(error: QuizbotError) -> int:
    """Return the HTTP status that says the same as an error."""
    return next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 400)


def _in_words(status: int) -> tuple[str, str]:
    if status == 404:
        return _("Page not found"), _("That page doesn't exist. Check the address.")
    if status == 413:
        advice = _("Files can have up to 10 MB together. Split or shrink them, or use “quizbot bank import”.")
        return _("That is too large"), advice
    return _("That didn't work"), _("This page can't be used in that way.")


def _page(pages: Pages, request: web.Request, status: int, title: str, text: str) -> web.Response:
    if FRAGMENT_HEADER in request.headers:
        return web.Response(status=status, text=text)
    html = pages.render("problem.html", visitor=None, csrf="", path=request.path, title=title, text=text)
    return web.Response(status=status, text=html, content_type="text/html", headers={"Cache-Control": "no-store"})
