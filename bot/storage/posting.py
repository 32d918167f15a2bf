"""Convert messages to and from what the database stores, and edit stored ones."""

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
    """Return a message as JSON, without who is named in it: that is stored in the table `post_names`."""
    return _view.dump_python(view, mode="json", exclude=_WHO)


def read(kept: Any) -> MessageView:  # noqa: ANN401 - JSON
    """Return the message that `stored` turned into JSON."""
    return _view.validate_python(kept)


def shown(view: MessageView) -> str | None:
    """Return the digest of the picture that a message shows; None without a picture."""
    return view.image.digest if view.image else None


async def edit(connection: AsyncConnection, key: str, view: MessageView, at: datetime) -> bool:
    """Replace a stored message, and have it edited on its platform; return False if no message has this key."""
    new = {"this": key, "new_view": stored(view), "new_image": shown(view), "now": at}
    return (await connection.execute(_EDIT, new)).rowcount > 0


_NOW = sa.bindparam("now", type_=types.Instant)
_EDIT = (
    sa.update(t.posts)
    .where(t.posts.c.key == sa.bindparam("this"))
    .values(
        view=sa.bindparam("new_view"),
        image=sa.bindparam("new_image"),
        version=t.posts.c.version + 1,
        waiting=True,
        # A worker may be posting it, or may have died while doing so: its claim lasts until it expires.
        not_before=sa.case((t.posts.c.not_before > _NOW, t.posts.c.not_before), else_=_NOW),
    )
)
