"""The hosts' page about people: who is in the room, who is host, and removing members."""

from aiohttp import web

from adapters.web.door import Visit
from adapters.web.paging import page_of
from bot.domain.errors import BadInput
from bot.domain.identity import Member
from bot.i18n import gettext as _
from bot.services.people.hosts import give_host, give_way_back, remove_member, take_host

PEOPLE_A_PAGE = 100

_DECISIONS = {"give": give_host, "take": take_host, "remove": remove_member}


async def show_people(visit: Visit) -> web.StreamResponse:
    """Show everybody in the room by name, with what a host may decide about them."""
    return await _page(visit)


async def _page(visit: Visit, code: str = "", code_for: str = "") -> web.Response:
    admissions = await visit.room.app.storage.read(lambda unit: unit.admissions.all(visit.room.space.id))
    here = [one for one in admissions if one.removed_at is None]
    return visit.page(
        "people.html",
        people=page_of(here, visit.request.query.get("page"), PEOPLE_A_PAGE),
        hosts=sum(one.is_host for one in here),
        removed=[one for one in admissions if one.removed_at is not None],
        code=code,
        code_for=code_for,
        own_id=visit.member.member.external_id,
    )


async def decide(visit: Visit) -> web.StreamResponse:
    """Carry out what a host decided about a member."""
    room, decision = visit.room, _DECISIONS.get(visit.text("do"))
    member = Member(space_id=room.space.id, external_id=visit.text("member"), name="")
    if visit.text("do") == "return":
        code = await give_way_back(room.app, visit.member.member, member)
        return await _page(visit, code, member.external_id)
    if decision is None:
        raise BadInput(_("This page is out of date. Please reload it."))
    await decision(room.app, visit.member.member, member)
    if decision is remove_member:
        room.hub.dismiss(member.external_id)
    raise web.HTTPSeeOther("/" if member.external_id == visit.member.member.external_id else "/people")
