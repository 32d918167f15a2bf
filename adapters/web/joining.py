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
from bot.services.codes import WrongCode
from bot.services.limiting import Address, Limited
from bot.services.people import hosts
from bot.services.people.class_codes import CodeEnded, code_of

LONGEST_CODE = 40


async def join_page(
    visit: Visit,
    *,
    problem: str = "",
    free: str = "",
    token: str = "",
    class_problem: str = "",
    code_problem: str = "",
    status: int = 400,
) -> web.Response:
    """Return the page that asks for a name, and for the class code if there is one, with what was typed before.

    Args:
        visit: who came.
        problem: what is wrong with the name.
        free: a name to offer in place of the one that was typed.
        token: the host link's token, if it was opened.
        class_problem: what is wrong with the class code.
        code_problem: what is wrong with a code for coming back.
        status: the HTTP status if anything is wrong.
    """
    invited = visit.room.invitation.fits(token)
    class_code = visit.text("class_code") or visit.request.query.get("code", "")
    return visit.page(
        "join.html",
        status=status if problem or class_problem or code_problem else 200,
        problem=problem,
        class_problem=class_problem,
        code_problem=code_problem,
        name=free or visit.text("name")[:100],
        class_code=class_code[:LONGEST_CODE],
        needs_code=not invited and await code_of(visit.room.app, visit.room.space.id) is not None,
        token=token,
        invited=invited,
    )


async def show_join(visit: Visit) -> web.StreamResponse:
    """Show the page that asks for a name; the address may hold the class code."""
    if visit.visitor is not None:
        raise web.HTTPSeeOther("/")
    return without_referrer(await join_page(visit))


async def submit_name(visit: Visit) -> web.StreamResponse:
    """Let somebody in under a name."""
    if visit.visitor is not None:
        raise web.HTTPSeeOther("/")
    token, invited = visit.text("token"), visit.room.invitation.fits(visit.text("token"))
    try:
        visit.room.app.limiter.take(Limit.JOINS, [("address", visit.counted_as)])
        visitor = await _joined(visit, invited_as_host=invited)
    except NameTaken as taken:
        return await join_page(visit, problem=taken.told, free=taken.free, token=token)
    except (WrongCode, CodeEnded) as error:
        security.note(Event.CLASS_CODE_REFUSED)
        return await join_page(visit, class_problem=str(error), token=token)
    except BadInput as error:
        return await join_page(visit, problem=str(error), token=token)
    except Limited as error:
        return await join_page(visit, problem=str(error), token=token, status=429)
    # What this process still keeps was for an earlier member of the name, who was deleted.
    visit.room.whispers.forget_member(visitor.member.external_id)
    if invited:
        visit.room.invitation.use(token)
        security.note(Event.HOST_TOKEN_USED, player=visitor.player_id)
    security.note(Event.SIGNED_IN, player=visitor.player_id)
    return let_in(visit, visitor)


async def _joined(visit: Visit, *, invited_as_host: bool) -> Visitor:
    """Make the visitor a member; a wrong class code counts for their address."""
    app, space, name = visit.room.app, visit.room.space, clean_name(visit.text("name"))
    if invited_as_host or await code_of(app, space.id) is None:
        return await join(app, space, name, invited_as_host=invited_as_host)
    with codes.counting_wrong(app, [Address(visit.counted_as)]):
        return await join(app, space, name, class_code=visit.text("class_code"))


async def come_back(visit: Visit) -> web.StreamResponse:
    """Let somebody in under their earlier name, with a code from a host."""
    if visit.visitor is not None:
        raise web.HTTPSeeOther("/")
    try:
        with codes.counting_wrong(visit.room.app, [Address(visit.counted_as)]):
            admission = await hosts.come_back(visit.room.app, visit.room.space.id, visit.text("code"))
    except (BadInput, Limited) as error:
        security.note(Event.WAY_BACK_REFUSED)
        return await join_page(visit, code_problem=str(error), status=429 if isinstance(error, Limited) else 400)
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
        return without_referrer(await join_page(visit, token=token))
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
