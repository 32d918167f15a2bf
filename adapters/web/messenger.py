"""Posting in the room: the outbox is the transcript, so posting only means telling the open pages."""

from typing_extensions import override

from adapters.web.hub import Changed, Counted, Hub
from adapters.web.whispers import Whispers
from bot.ports import Messenger, Post


class WebMessenger(Messenger):
    """`bot.ports.Messenger` for the pages of this process; a message's id is its key."""

    def __init__(self, hub: Hub, whispers: Whispers) -> None:
        self._hub = hub
        self._whispers = whispers

    @override
    async def post(self, post: Post) -> str:
        """Tell the open pages that may see a message that it is there."""
        self._hub.publish(Changed(post.key), only=post.private_to)
        return post.key

    @override
    async def find(self, post: Post) -> str | None:
        """Return the message's key: every message in the outbox is in the transcript."""
        return post.key

    @override
    async def edit(self, post: Post) -> None:
        """Tell the open pages that a message changed, and drop receipts about it, which may be wrong now."""
        if post.round_id is not None:
            self._whispers.forget_round(post.round_id)
        self._hub.publish(Changed(post.key), only=post.private_to)

    @override
    async def show_count(self, post: Post, answered: int) -> None:
        self._hub.publish(Counted(post.key, answered), only=post.private_to)

    @override
    async def reactions(self, post: Post) -> None:
        """Return nothing: in the room a reaction is the stored answer itself."""
