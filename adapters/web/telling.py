"""Tell a visitor, on the page that follows a form, what the form did."""

import asyncio

from aiohttp import web

from adapters.web.door import Visit


def done(visit: Visit, address: str, said: str) -> web.HTTPSeeOther:
    """Return the redirect, to be raised, to a page of the room that says once what was done."""
    visit.room.whispers.flash(visit.member.member.external_id, said)
    return web.HTTPSeeOther(address)


async def page(visit: Visit, template: str, *, status: int = 200, **values: object) -> web.Response:
    """Render a page that says what the visitor's last form did, on a thread: questions with formulas take a while."""
    said = visit.room.whispers.take_flash(visit.member.member.external_id) if status < 400 else ""
    return await asyncio.to_thread(visit.page, template, status=status, said=said, **values)


def asking(
    visit: Visit, *, title: str, text: str, form: dict[str, str], action: str, yes: str, back: str
) -> web.Response:
    """Render the page that asks before something is destroyed.

    Args:
        visit: who is asked.
        title: the question.
        text: what will be gone, and what stays.
        form: the fields that are sent to ``action`` after a yes.
        action: the address of the form.
        yes: what its button says.
        back: the address for those who think better of it.
    """
    return visit.page("asking.html", title=title, text=text, form=form, action=action, yes=yes, back=back)
