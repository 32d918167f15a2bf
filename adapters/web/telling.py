"""Tell a visitor, on the page that follows a form, what the form did."""

import asyncio

from aiohttp import web

from adapters.web.door import Visit
from adapters.web.markdown import words
from bot.domain.views import Caution


def done(visit: Visit, address: str, said: str) -> web.HTTPSeeOther:
    """Return the redirect, to be raised, to a page of the room that says once what was done."""
    visit.room.whispers.flash(visit.member.member.external_id, said)
    return web.HTTPSeeOther(address)


async def page(visit: Visit, template: str, *, status: int = 200, **values: object) -> web.Response:
    """Render a page that says what the visitor's last form did, on a thread: questions with formulas take a while."""
    said = visit.room.whispers.take_flash(visit.member.member.external_id) if status < 400 else ""
    return await asyncio.to_thread(visit.page, template, status=status, said=said, **values)


async def asking(visit: Visit, caution: Caution, *, form: dict[str, str], action: str, back: str) -> web.Response:
    """Render the page that asks before something that can't be undone.

    Args:
        visit: who is asked.
        caution: what they are told.
        form: the fields that are sent to ``action`` after a yes.
        action: the address of the form.
        back: the address for those who think better of it.
    """
    return await asyncio.to_thread(
        visit.page,
        "asking.html",
        title=words(caution.title),
        text=caution.text,
        yes=caution.yes,
        form=form,
        action=action,
        back=back,
    )
