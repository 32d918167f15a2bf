"""Messages as the database keeps them, and their edits."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.views import MessageView
from bot.storage import tables as t
from bot.storage import types

_view = TypeAdapter(MessageView)
_WHO: dict[str, Any] = {"table": {"players"}, "sections": {"__all__": {"players"}}}


def stored(view: MessageView) -> Any:  # noqa: ANN401 - JSON
    """A message as JSON; who is named in it is kept in rows of `bot.storage.tables.post_names`."""
    return _view.dump_python(view, mode="json", exclude=_WHO)


def read(kept: Any) -> MessageView:  # noqa: ANN401 - JSON
    """What `stored` kept."""
    return _view.validate_python(kept)


def shown(view: MessageView) -> str | None:
    """The digest of the picture that a message shows."""
    return view.image.digest if view.image else None


async def edit(connection: AsyncConnection, key: str, view: MessageView, at: datetime) -> bool:
    """Let a message be another from now on, on its platform too; False where there is none."""
    now = sa.literal(at, types.Instant)
    edited = await connection.execute(
        sa.update(t.posts)
        .where(t.posts.c.key == key)
        .values(
            view=stored(view),
            image=shown(view),
            version=t.posts.c.version + 1,
            waiting=True,
            # A worker may be posting it, or may have died over that: its claim and its try still stand.
            not_before=sa.case((t.posts.c.not_before > now, t.posts.c.not_before), else_=now),
        )
    )
    return edited.rowcount > 0
