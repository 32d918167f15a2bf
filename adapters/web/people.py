"""The hosts' page about people: who is in the room, who is host, and what hosts decide about members."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from adapters.web import telling
from adapters.web.door import Visit
from adapters.web.failures import status_of
from adapters.web.hosting.lengths import check_lengths
from adapters.web.inbound import clean_name
from adapters.web.paging import page_of
from adapters.web.visitors import NameTaken, rename
from bot.domain.errors import BadInput, NotAllowed, QuizbotError
from bot.domain.identity import Member
from bot.domain.limits import Limit
from bot.i18n import gettext as _
from bot.ports import Admission
from bot.services.limiting import person
from bot.services.people.class_codes import code_of
from bot.services.people.hosts import give_host, give_way_back, remove_member, sign_out_everywhere, take_host

PEOPLE_A_PAGE = 100
ADDRESS = "/people"

_DECISIONS = {"give": give_host, "take": take_host, "remove": remove_member, "sign-out": sign_out_everywhere}
_ENDS_SESSIONS = {"remove", "sign-out"}


async def show_people(visit: Visit) -> web.StreamResponse:
    """Show everybody in the room by name, with what a host may decide about them."""
    return await _page(visit)


async def decide(visit: Visit) -> web.StreamResponse:
    """Carry out what a host decided about a member."""
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    do, who = visit.text("do"), visit.text("member")
    member = Member(space_id=visit.room.space.id, external_id=who, name="")
    try:
        if do == "return":
            return await _page(visit, code=await give_way_back(visit.room.app, visit.member.member, member))
        if do == "rename":
            said = await _renamed(visit, member)
        else:
            said = await _decided(visit, do, member)
    except NotAllowed:
        raise
    except QuizbotError as error:
        return await _page(visit, error=error)
    own = who == visit.member.member.external_id
    if own and do == "take":
        raise web.HTTPSeeOther("/")
    raise telling.done(visit, ADDRESS, said)


async def _decided(visit: Visit, do: str, member: Member) -> str:
    """Do it; return a sentence on it."""
    decision = _DECISIONS.get(do)
    if decision is None:
        raise BadInput(_("This page is out of date. Please reload it."))
    names = {one.member.external_id: one.member.name for one in await _everybody(visit)}
    await decision(visit.room.app, visit.member.member, member)
    if do in _ENDS_SESSIONS:
        visit.room.hub.dismiss(member.external_id)
    said = {
        "give": _("{name} is a host now."),
        "take": _("{name} isn't a host any more."),
        "remove": _("{name} is removed from the room."),
        "sign-out": _("{name} is signed out in every browser. A code from a host brings them back."),
    }
    return said[do].format(name=names[member.external_id])


async def _renamed(visit: Visit, member: Member) -> str:
    check_lengths([visit.text("name")])
    name = clean_name(visit.text("name"))
    try:
        before = await rename(visit.room.app, visit.room.space, member, name, by=visit.member.member)
    except NameTaken as taken:
        raise BadInput(taken.told) from None
    return _("{before} is now called {name}.").format(before=before.name, name=name)


async def _everybody(visit: Visit) -> Sequence[Admission]:
    found = await visit.room.app.storage.read(lambda unit: unit.admissions.all(visit.room.space.id))
    return sorted(found, key=lambda one: one.member.name.casefold())


async def _page(visit: Visit, *, code: str = "", error: QuizbotError | None = None) -> web.Response:
    """Return the page; ``code`` brings the member of the form back, and ``error`` is why the form wasn't accepted."""
    admissions = await _everybody(visit)
    here = [one for one in admissions if one.removed_at is None]
    of_field = isinstance(error, BadInput) and visit.text("do") == "rename"
    wrong: Mapping[str, str] = {visit.text("member"): str(error)} if of_field else {}
    return await telling.page(
        visit,
        "people.html",
        status=status_of(error) if error else 200,
        people=page_of(here, visit.request.query.get("page"), PEOPLE_A_PAGE),
        hosts=sum(one.is_host for one in here),
        removed=[one for one in admissions if one.removed_at is not None],
        code=code,
        code_for=visit.text("member") if code else None,
        own_id=visit.member.member.external_id,
        problem=str(error) if error and not wrong else "",
        wrong=wrong,
        typed=visit.text("name"),
        invite=visit.home,
        only_here=visit.is_only_here,
        class_code=await code_of(visit.room.app, visit.room.space.id),
        now=visit.room.app.clock.now(),
    )
