"""The pages for everybody about the bot and its operator: what it does, privacy policy, terms of use.

They are templates that an operator fills in with two settings; until then, there is nothing to show.
"""

from collections.abc import Mapping

from aiohttp import web

from adapters.web.room import Room
from bot.domain.errors import NotFound
from bot.domain.introductions import Introduction
from bot.domain.typed import typed
from bot.i18n import gettext as _

PAGES = {"/about": "about.html", "/privacy": "privacy.html", "/terms": "terms.html"}
"""The template at each address."""

_COMMANDS = {"daily": "daily set", "help": "help", "export": "privacy export", "delete": "privacy delete"}
"""The commands that the pages name."""


async def show(room: Room, request: web.Request, *, template: str) -> web.StreamResponse:
    """Show one of the pages. It sets no cookie, and looks nobody up.

    Raises:
        NotFound: the operator hasn't said who they are.
    """
    settings = room.app.settings
    if settings.operator is None:
        raise NotFound(_("The person who runs this bot hasn't filled in this page yet."))
    introductions = room.app.introductions
    html = room.pages.render(
        template,
        visitor=None,
        csrf="",
        path=request.path,
        operator=settings.operator,
        invitations={name: one.invitation for name, one in introductions.items() if one.invitation},
        retention_days=settings.retention_days,
        **{name: _everywhere(introductions, command) for name, command in _COMMANDS.items()},
    )
    return web.Response(text=html, content_type="text/html", headers={"Cache-Control": "no-cache"})


def _everywhere(introductions: Mapping[str, Introduction], command: str) -> str:
    """Spell a command as each platform has it, or as the room has it if there are no others."""
    mark = typed(command)
    spelled = [
        _("“{command}” on {platform}").format(command=one.spell(str(mark)), platform=name)
        for name, one in introductions.items()
    ]
    return ", ".join(spelled) or _("“{command}”").format(command=mark.plain)
