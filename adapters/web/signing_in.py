"""The page that a member's sign-in link opens in another browser."""

from aiohttp import web

from adapters.web.door import Visit
from adapters.web.failures import status_of
from adapters.web.joining import let_in, without_referrer
from adapters.web.visitors import visitor_of
from bot import security
from bot.domain.errors import QuizbotError
from bot.domain.limits import Limit
from bot.security import Event
from bot.services import codes
from bot.services.limiting import Address
from bot.services.people.sign_in_links import sign_in


async def show_link(visit: Visit) -> web.StreamResponse:
    """Show the button that signs in. Opening the link looks nothing up and changes nothing: programs do it, too."""
    return without_referrer(_page(visit, visit.request.query.get("key", "")))


async def use_link(visit: Visit) -> web.StreamResponse:
    """Sign the visitor in as the member whose link it is."""
    if visit.visitor is not None:
        raise web.HTTPSeeOther("/")
    app, key = visit.room.app, visit.text("key")
    try:
        app.limiter.take(Limit.JOINS, [("address", visit.counted_as)])
        with codes.counting_wrong(app, [Address(visit.counted_as)]):
            admission = await sign_in(app, visit.room.space.id, key)
    except QuizbotError as error:
        security.note(Event.SIGN_IN_LINK_REFUSED)
        return _page(visit, key, problem=str(error), status=status_of(error))
    security.note(Event.SIGNED_IN, player=admission.player_id)
    return let_in(visit, visitor_of(admission))


def _page(visit: Visit, key: str, *, problem: str = "", status: int = 200) -> web.Response:
    return visit.page("sign_in.html", key=key, problem=problem, status=status)
