"""Joining the room, and the link that makes a host."""

from aiohttp import web

from adapters.web.door import Visit
from adapters.web.inbound import clean_name
from adapters.web.sessions import Session
from adapters.web.visitors import NameTaken, Visitor, join, make_host, visitor_of
from bot import security
from bot.domain.errors import BadInput
from bot.domain.limits import Limit
from bot.i18n import gettext as _
from bot.security import Event
from bot.services import codes
from bot.services.limiting import Address, Limited
from bot.services.people import hosts


def join_page(
    visit: Visit, *, problem: str = "", name: str = "", token: str = "", code_problem: str = "", status: int = 400
) -> web.Response:
    """Return the page that asks for a name; its HTTP status is ``status`` if there is a problem."""
    invited = visit.room.invitation.fits(token)
    return visit.page(
        "join.html",
        status=status if problem or code_problem else 200,
        problem=problem,
        code_problem=code_problem,
        name=name,
        token=token,
        invited=invited,
    )


async def submit_name(visit: Visit) -> web.StreamResponse:
    """Let somebody in under a name."""
    if visit.visitor is not None:
        raise web.HTTPSeeOther("/")
    typed, token = visit.text("name"), visit.text("token")
    invited = visit.room.invitation.fits(token)
    try:
        visit.room.app.limiter.take(Limit.JOINS, [("address", visit.counted_as)])
        visitor = await join(visit.room.app, visit.room.space, clean_name(typed), invited_as_host=invited)
    except NameTaken as taken:
        return join_page(visit, problem=taken.told, name=taken.free, token=token)
    except BadInput as error:
        return join_page(visit, problem=str(error), name=typed[:100], token=token)
    except Limited as error:
        return join_page(visit, problem=str(error), name=typed[:100], token=token, status=429)
    # What this process still keeps was for an earlier member of the name, who was deleted.
    visit.room.whispers.forget_member(visitor.member.external_id)
    if invited:
        visit.room.invitation.use(token)
        security.note(Event.HOST_TOKEN_USED, player=visitor.player_id)
    security.note(Event.SIGNED_IN, player=visitor.player_id)
    return let_in(visit, visitor)


async def come_back(visit: Visit) -> web.StreamResponse:
    """Let somebody in under their earlier name, with a code from a host."""
    if visit.visitor is not None:
        raise web.HTTPSeeOther("/")
    try:
        with codes.counting_wrong(visit.room.app, [Address(visit.counted_as)]):
            admission = await hosts.come_back(visit.room.app, visit.room.space.id, visit.text("code"))
    except (BadInput, Limited) as error:
        security.note(Event.WAY_BACK_REFUSED)
        return join_page(visit, code_problem=str(error), status=429 if isinstance(error, Limited) else 400)
    security.note(Event.SIGNED_IN, player=admission.player_id)
    return let_in(visit, visitor_of(admission))


def let_in(visit: Visit, visitor: Visitor) -> web.Response:
    """Start a new session for somebody who enters, so that a form token known before is worthless."""
    response = web.Response(status=303, headers={"Location": "/"})
    session = Session(
        member_id=visitor.member.external_id, player_id=visitor.player_id, name=visitor.member.name, epoch=visitor.epoch
    )
    visit.room.sessions.write(visit.request, response, session)
    return response


async def show_host_link(visit: Visit) -> web.StreamResponse:
    """Show the button that makes a visitor host. Opening the link changes nothing: programs follow links, too."""
    token = visit.request.query.get("token", "")
    if visit.visitor is None:
        return without_referrer(join_page(visit, token=token))
    if visit.visitor.is_host:
        raise web.HTTPSeeOther("/")
    if not visit.room.invitation.fits(token):
        raise _no_invitation(visit.visitor)
    return without_referrer(visit.page("host.html", token=token))


async def use_host_link(visit: Visit) -> web.StreamResponse:
    """Make a member host. The link's token is the proof, and works only once."""
    visitor = visit.member
    if not visitor.is_host:
        if not visit.room.invitation.use(visit.text("token")):
            raise _no_invitation(visitor)
        await make_host(visit.room.app, visitor)
        security.note(Event.HOST_TOKEN_USED, player=visitor.player_id)
    raise web.HTTPSeeOther("/")


def _no_invitation(visitor: Visitor) -> BadInput:
    security.note(Event.HOST_TOKEN_REFUSED, player=visitor.player_id)
    return BadInput(_("This host link was used already, or it is from an earlier start of the bot."))


def without_referrer(response: web.Response) -> web.Response:
    """Keep the page's address, which holds the token, out of every Referer header; forms still send their origin."""
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
