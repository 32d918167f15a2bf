"""The visitor's own page: their name and data, signing out, and being forgotten."""

from dataclasses import replace
from urllib.parse import urlencode

from aiohttp import web

from adapters.web import telling
from adapters.web.charts import own_charts
from adapters.web.door import Visit
from adapters.web.failures import status_of
from adapters.web.inbound import clean_name
from adapters.web.visitors import NameTaken, rename
from bot import security
from bot.domain.errors import QuizbotError
from bot.domain.limits import Limit
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.rendering.replies import deleting
from bot.security import Event
from bot.services.forgetting import forget_accounts, linked_elsewhere
from bot.services.limiting import Limited, person
from bot.services.people.hosts import end_sessions
from bot.services.people.privacy import export_data
from bot.services.people.sign_in_links import end_link, make_link
from bot.services.standings.own_progress import own_progress

ADDRESS = "/me"
DATA = "/me/data"
FILE = "/me/data.json"
DELETE = "/me/delete"
LINK = "/me/link"
SIGN_IN = "/sign-in"


async def show_me(visit: Visit) -> web.StreamResponse:
    """Show visitors how they did, their name, and what they may do with their account."""
    return await _page(visit)


async def _page(visit: Visit, *, problem: str = "", link: str = "", status: int = 200) -> web.Response:
    """Return the page; ``link`` is a sign-in link that was just made."""
    member, now = visit.member.member, visit.room.app.clock.now()
    admission = await visit.room.app.storage.read(lambda unit: unit.admissions.find(member))
    until = admission.link_until if admission else None
    return await telling.page(
        visit,
        "me.html",
        status=status,
        problem=problem,
        name=visit.text("name") if problem else member.name,
        link=link,
        only_here=visit.is_only_here,
        link_until=until if until and until > now else None,
        charts=own_charts(await own_progress(visit.room.app, member), visit.room.pages),
    )


async def change_link(visit: Visit) -> web.StreamResponse:
    """Make a sign-in link and show it, this once; or end the one that there is."""
    room, member, epoch = visit.room, visit.member.member, visit.member.epoch
    if visit.text("do") == "end":
        await end_link(room.app, member, epoch)
        raise telling.done(visit, ADDRESS, _("Your sign-in link no longer works."))
    try:
        room.app.limiter.take(Limit.CODES, person(visit.caller))
    except Limited as error:
        raise telling.done(visit, ADDRESS, str(error)) from None
    key = await make_link(room.app, member, epoch)
    return await _page(visit, link=f"{visit.home}{SIGN_IN}?{urlencode({'key': key})}")


async def change_name(visit: Visit) -> web.StreamResponse:
    """Give the visitor another name."""
    room = visit.room
    try:
        with room.app.limiter.within(Limit.CHANGES, person(visit.caller)):
            name = clean_name(visit.text("name"))
            await rename(room.app, room.space, visit.member.member, name)
    except NameTaken as taken:
        return await _page(visit, problem=taken.told, status=400)
    except QuizbotError as error:
        return await _page(visit, problem=str(error), status=status_of(error))
    raise telling.done(visit, ADDRESS, _("Your name is now {name}.").format(name=name))


async def show_data(visit: Visit) -> web.StreamResponse:
    """Show visitors everything that is stored about them."""
    return visit.page("me_data.html", data=await _data(visit))


async def send_data(visit: Visit) -> web.StreamResponse:
    """Send the same as a file."""
    headers = {"Content-Disposition": 'attachment; filename="quizbot.json"', "Cache-Control": "no-store"}
    return web.Response(text=await _data(visit), content_type="application/json", headers=headers)


async def _data(visit: Visit) -> str:
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    return await export_data(visit.room.app, [visit.member.member])


async def show_delete(visit: Visit) -> web.StreamResponse:
    """Ask before a visitor is forgotten, and say what stays."""
    caution = deleting(await linked_elsewhere(visit.room.app, [visit.member.member]))
    if await visit.room.app.storage.read(lambda unit: _is_only_host(unit, visit)):
        alone = _("You are the only host: without you, nobody could run the room. Make somebody else host first.")
        caution = replace(caution, text=f"{caution.text}\n\n{alone}")
    return await telling.asking(visit, caution, form={}, action=DELETE, back=ADDRESS)


async def _is_only_host(unit: Unit, visit: Visit) -> bool:
    hosts = [one for one in await unit.admissions.all(visit.room.space.id) if one.is_host]
    return [one.member.external_id for one in hosts] == [visit.member.member.external_id]


async def take_delete(visit: Visit) -> web.StreamResponse:
    """Forget the visitor, as ``/privacy delete`` does."""
    member = visit.member.member
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    await forget_accounts(visit.room.app, [member])
    visit.room.whispers.forget_member(member.external_id)
    return _out(visit)


async def sign_out(visit: Visit) -> web.StreamResponse:
    """End the session in this browser, or in all browsers."""
    visitor = visit.member
    everywhere = visit.text("where") == "everywhere"
    if everywhere:
        await end_sessions(visit.room.app, visitor.member)
    event = Event.SIGNED_OUT_EVERYWHERE if everywhere else Event.SIGNED_OUT
    security.note(event, player=visitor.player_id)
    return _out(visit)


def _out(visit: Visit) -> web.Response:
    """Delete the cookie, and send the visitor to the door."""
    visit.room.hub.dismiss(visit.member.member.external_id)  # tabs that are still signed in connect again by themselves
    response = web.Response(status=303, headers={"Location": "/"})
    visit.room.sessions.delete(visit.request, response)
    return response
