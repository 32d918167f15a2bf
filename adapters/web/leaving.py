"""The visitor's own page, and signing out."""

from aiohttp import web

from adapters.web.door import Visit
from bot import security
from bot.security import Event
from bot.services.people.hosts import end_sessions


async def show_me(visit: Visit) -> web.StreamResponse:
    """Show visitors their name and the buttons to sign out."""
    return visit.page("me.html")


async def sign_out(visit: Visit) -> web.StreamResponse:
    """End the session in this browser, or in all browsers."""
    visitor = visit.member
    everywhere = visit.text("where") == "everywhere"
    if everywhere:
        await end_sessions(visit.room.app, visitor.member)
    event = Event.SIGNED_OUT_EVERYWHERE if everywhere else Event.SIGNED_OUT
    security.note(event, player=visitor.player_id)
    visit.room.hub.dismiss(visitor.member.external_id)  # tabs that are still signed in connect again by themselves
    response = web.Response(status=303, headers={"Location": "/"})
    visit.room.sessions.delete(visit.request, response)
    return response
