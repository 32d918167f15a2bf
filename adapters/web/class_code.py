"""The class code: hosts make it, end it, and show it large to a class."""

from urllib.parse import urlsplit

from aiohttp import web
from markupsafe import Markup

from adapters.web import telling
from adapters.web.door import Visit
from bot.domain.errors import BadInput
from bot.domain.limits import Limit
from bot.i18n import gettext as _
from bot.services.limiting import person
from bot.services.people.class_codes import code_of, drop_code, make_code

ADDRESS = "/people/code"
_PEOPLE = "/people"


async def show_code(visit: Visit) -> web.StreamResponse:
    """Show the class code and the room's address, large enough for a projector."""
    code = await code_of(visit.room.app, visit.room.space.id)
    if code is None:
        raise web.HTTPSeeOther(_PEOPLE)
    return visit.page(
        "class_code.html",
        code=code,
        has_ended=code.until <= visit.room.app.clock.now(),
        address=urlsplit(visit.home).netloc,
        only_here=visit.is_only_here,
        sign="" if visit.is_only_here else _sign(f"{visit.home}/join?code={code.letters}"),
    )


def _sign(address: str) -> Markup:
    """Draw an address as a QR code for phones; on white, because they read no code in dark colours."""
    import segno  # noqa: PLC0415 - only this page draws one

    drawn = segno.make(address, micro=False).svg_inline(light="#fff", omitsize=True, lineclass=None, svgclass=None)
    return Markup(drawn)  # noqa: S704 - segno writes nothing of the address but squares


async def change_code(visit: Visit) -> web.StreamResponse:
    """Make a class code, which replaces the one that there is, and show it; or let people join without one."""
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    match visit.text("do"):
        case "make":
            await make_code(visit.room.app, visit.member.member)
            raise web.HTTPSeeOther(ADDRESS)
        case "drop":
            await drop_code(visit.room.app, visit.member.member)
            raise telling.done(visit, _PEOPLE, _("People can now join without a code."))
        case _:
            raise BadInput(_("This page is out of date. Please reload it."))
