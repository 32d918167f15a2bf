"""The door to every page of the room: checks the visitor, the session, and where a form came from."""

import hmac
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from urllib.parse import urlsplit

from aiohttp import web
from multidict import MultiDict, MultiDictProxy

from adapters.web.forms import Form, SentFile, submitted
from adapters.web.room import CHANNEL, Room
from adapters.web.sessions import Forged, Session
from adapters.web.visitors import Visitor, recognise
from bot import security
from bot.domain.commands import Caller
from bot.domain.errors import BadInput, NotAllowed
from bot.i18n import gettext as _
from bot.security import Event
from bot.site import came_from, is_loopback, is_secure
from bot.site.proxy import counted_as

FRAGMENT_HEADER = "Quizbot-Fragment"
"""The header of the page's script, which wants the changed messages instead of a whole page."""

PAGE_HEADER = "Quizbot-Page"
"""The header that tells the page's script to open another page of the room."""

SINCE_HEADER = "Quizbot-Since"
"""The header that tells the page's script from which moment its messages are."""


class For(Enum):
    """Who may see a page."""

    ANYBODY = auto()
    MEMBERS = auto()
    HOSTS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request and the person behind it.

    Attributes:
        visitor: the member; None if the person hasn't joined.
        form: the submitted fields; empty unless it is a POST.
    """

    room: Room
    request: web.Request
    session: Session
    visitor: Visitor | None
    form: Form

    @property
    def member(self) -> Visitor:
        """Return the member; only for pages that require one."""
        if self.visitor is None:
            raise NotAllowed(_("Please join the room first."))
        return self.visitor

    @property
    def counted_as(self) -> str:
        """The address, or an IPv6 subscriber's network, for which the limits count what strangers and members do."""
        return counted_as(came_from(self.request))

    @property
    def caller(self) -> Caller:
        """Return the member as somebody who runs a command in the room's channel."""
        return self.member.calls(self.room.space, CHANNEL, self.counted_as)

    @property
    def home(self) -> str:
        """The room's address: the public one if it is set, else the one at which this visitor opened it."""
        settings = self.room.app.settings
        scheme = "https" if is_secure(self.request) else "http"
        return settings.site_url if settings.public_url else f"{scheme}://{self.request.host}"

    @property
    def is_only_here(self) -> bool:
        """Whether the room's address can be opened on the bot's own machine alone."""
        return is_loopback(urlsplit(self.home).hostname or "")

    @property
    def wants_fragment(self) -> bool:
        """Whether the page's script asks, and will put the answer into the page itself."""
        return FRAGMENT_HEADER in self.request.headers

    def text(self, field: str) -> str:
        """Return a field of the form; empty if it wasn't sent."""
        value = self.form.get(field, "")
        return value if isinstance(value, str) else ""

    def texts(self, field: str) -> list[str]:
        """Return all values of a field that may be sent several times."""
        return [value for value in self.form.getall(field, []) if isinstance(value, str)]

    def file(self, field: str) -> SentFile | None:
        """Return a file of the form; None if none was chosen."""
        value = self.form.get(field)
        return value if isinstance(value, SentFile) and value.data else None

    def page(self, template: str, *, status: int = 200, **values: object) -> web.Response:
        """Render a page for this visitor."""
        shared = {"visitor": self.visitor, "csrf": self.session.csrf, "path": self.request.path}
        html = self.room.pages.render(template, **shared, **values)
        return web.Response(text=html, content_type="text/html", status=status, headers={"Cache-Control": "no-store"})


Handler = Callable[[Visit], Awaitable[web.StreamResponse]]


def behind_door(room: Room, handler: Handler, who: For) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Wrap a handler for aiohttp: it only runs for the right visitors, and with forms from this room."""

    async def open_door(request: web.Request) -> web.StreamResponse:
        known, came_at = _known(room, request), room.app.clock.now()
        session = known or Session()
        async with _turn(room, request, session):
            return await enter(request, session, came_at, is_known=known is not None)

    async def enter(request: web.Request, session: Session, came_at: datetime, *, is_known: bool) -> web.StreamResponse:
        visitor = await admitted(request, session, came_at)
        form: Form = MultiDictProxy(MultiDict())
        if request.method == "POST":
            is_whole = request.content.is_eof()
            form = await _own_form(request, session, visitor, from_host=who is For.HOSTS)
            if not is_whole:  # it may have taken minutes, in which its sender lost their rights
                visitor = await admitted(request, session, came_at)
        response = await handler(Visit(room=room, request=request, session=session, visitor=visitor, form=form))
        is_old = not is_known or room.sessions.should_renew(session)
        if is_old and not response.prepared and not response.cookies:
            room.sessions.write(request, response, session)
        return response

    async def admitted(request: web.Request, session: Session, came_at: datetime) -> Visitor | None:
        visitor = await recognise(room.app, room.space, session)
        room.sessions.settle(session, is_members=visitor is not None)
        if visitor is None and who is not For.ANYBODY:
            raise web.HTTPUnauthorized if _from_script(request) else web.HTTPSeeOther("/")
        if who is For.HOSTS and not (visitor and visitor.is_host):
            security.note(Event.ROLE_REFUSED, player=visitor.player_id if visitor else None)
            raise NotAllowed(_("Only a host can do that."))
        return visitor and replace(visitor, member=replace(visitor.member, acted_at=came_at))

    return open_door


def _turn(room: Room, request: web.Request, session: Session) -> AbstractAsyncContextManager[None]:
    """Let a member's forms wait for each other: one that came before a deletion would make the account again."""
    if request.method != "POST" or session.member_id is None:
        return nullcontext()
    return room.app.turns.of(("form", room.space.id, session.member_id))


def _known(room: Room, request: web.Request) -> Session | None:
    """Return the session that a browser sends."""
    try:
        return room.sessions.read(request)
    except Forged:
        security.note(Event.COOKIE_FORGED)
        return None


async def _own_form(request: web.Request, session: Session, visitor: Visitor | None, *, from_host: bool) -> Form:
    """Return the submitted form, if it came from one of this room's pages."""
    player = visitor.player_id if visitor else None
    if _is_foreign(request):
        security.note(Event.CSRF_REFUSED, player=player)
        raise NotAllowed(_("This form was sent from another site. Please use the room's own page."))
    form = await submitted(request, from_host=from_host)
    token = form.get("csrf", "")
    if not isinstance(token, str) or not hmac.compare_digest(token.encode(), session.csrf.encode()):
        security.note(Event.CSRF_REFUSED, player=player)
        raise BadInput(_("This page is out of date. Please reload it."))
    return form


def _from_script(request: web.Request) -> bool:
    return FRAGMENT_HEADER in request.headers or "text/event-stream" in request.headers.get("Accept", "")


def _is_foreign(request: web.Request) -> bool:
    """Whether a form comes from another site, as the browser tells; for old browsers that don't, the token must do."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site not in {None, "same-origin"}:
        return True
    try:
        return origin is not None and urlsplit(origin).netloc != request.host
    except ValueError:
        return True
