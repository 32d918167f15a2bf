"""What people will see of a question that is being written: here in the room, and on other platforms."""

import asyncio
from collections.abc import Mapping, Sequence

from adapters.web.door import Visit
from adapters.web.looks import looks
from adapters.web.outbound import Seen
from adapters.web.room import CHANNEL
from bot.domain.questions import Question
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.ports import Post
from bot.services.rounds.rehearsing import rehearsed

Previewed = Mapping[str, object]
"""What an adapter's previews and the room show of a question, as the template names it."""


def nothing_yet(why: str = "") -> Previewed:
    """Return the preview of a question that can't be shown yet, with the reason."""
    return {"missing": why or _("It appears once the question and its answers are written."), "shown": ()}


async def previewed(visit: Visit, question: Question) -> Previewed:
    """Return the preview of a question, made on a thread: long texts may take a while."""
    return await asyncio.to_thread(_previewed, visit, question)


def _previewed(visit: Visit, question: Question) -> Previewed:
    rehearsal = rehearsed(question)
    views = (rehearsal.asked, rehearsal.told)
    return {
        "missing": "",
        "shown": _in_the_room(visit, views),
        "elsewhere": list(zip(*map(looks, views), strict=True)),
    }


def _in_the_room(visit: Visit, views: Sequence[MessageView]) -> list[Seen]:
    posts = (
        Post(
            key=f"preview-{number}",
            space_id=visit.room.space.id,
            channel=CHANNEL,
            view=view,
            posted_at=visit.room.app.clock.now(),
        )
        for number, view in enumerate(views)
    )
    return [Seen(post=post) for post in posts]
