"""Private messages to members (receipts and replies to commands), kept while the process runs.

Nothing here is the only copy of a fact: after a restart, receipts are made again from the answers, and replies are
gone, as on other platforms.
"""

from collections import deque
from collections.abc import Callable

from cachetools import LRUCache

from adapters.web.outbound import Refused, Seen
from bot.domain.identity import RoundId
from bot.domain.views import MessageView

MEMBERS = 1_000
REPLIES = 10
RECEIPTS = 50


class Whispers:
    """The latest private messages of the latest members."""

    def __init__(self) -> None:
        self._replies: LRUCache[str, deque[Seen]] = LRUCache(MEMBERS)
        self._receipts: LRUCache[tuple[str, RoundId], MessageView] = LRUCache(MEMBERS * RECEIPTS)
        self._refused: LRUCache[tuple[str, RoundId], Refused] = LRUCache(MEMBERS)
        self._flashes: LRUCache[str, str] = LRUCache(MEMBERS)
        self._turned: LRUCache[tuple[str, RoundId], MessageView] = LRUCache(MEMBERS * RECEIPTS)

    def reply(self, member_id: str, reply: Seen) -> None:
        """Keep the reply to a member's command."""
        self._replies.setdefault(member_id, deque(maxlen=REPLIES)).append(reply)

    def replies_to(self, member_id: str) -> list[Seen]:
        """Return the replies that a member's page still shows, oldest first."""
        return list(self._replies.get(member_id, ()))

    def dismiss(self, member_id: str, key: str) -> None:
        """Drop one reply; nothing happens if it is gone already."""
        kept = (one for one in self.replies_to(member_id) if one.post.key != key)
        self._replies[member_id] = deque(kept, maxlen=REPLIES)

    def receipt(self, member_id: str, round_id: RoundId, view: MessageView) -> None:
        """Keep a member's latest receipt about a round; what was refused before is forgotten."""
        self._refused.pop((member_id, round_id), None)
        self._receipts[member_id, round_id] = view

    def receipt_for(self, member_id: str, round_id: RoundId) -> MessageView | None:
        """Return a member's latest receipt about a round, if the round hasn't changed since."""
        return self._receipts.get((member_id, round_id))

    def refuse(self, member_id: str, round_id: RoundId, refused: Refused) -> None:
        """Keep a refused answer to a round; the receipt of an earlier answer stays."""
        self._refused[member_id, round_id] = refused

    def refused(self, member_id: str, round_id: RoundId) -> Refused | None:
        """Return what a member typed last into the fields of a round, if it was refused."""
        return self._refused.get((member_id, round_id))

    def turn(self, member_id: str, round_id: RoundId, back: MessageView) -> None:
        """Keep the back of a card that a member has turned over."""
        self._turned[member_id, round_id] = back

    def turned(self, member_id: str, round_id: RoundId) -> MessageView | None:
        """Return the back of a card, if the member has turned it over and the round hasn't changed since."""
        return self._turned.get((member_id, round_id))

    def flash(self, member_id: str, said: str) -> None:
        """Keep a sentence on what a member's form did, for the next page that they open."""
        self._flashes[member_id] = said

    def take_flash(self, member_id: str) -> str:
        """Return that sentence, once; empty if there is none."""
        return self._flashes.pop(member_id, "")

    def forget_round(self, round_id: RoundId) -> None:
        """Drop everything said about a round that changed: it may be wrong now."""
        self._forget(lambda _member, about: about == round_id)

    def forget_replies(self) -> None:
        """Drop all replies and flashes, because any of them may name somebody who was just forgotten."""
        self._replies.clear()
        self._flashes.clear()

    def forget_member(self, member_id: str) -> None:
        """Drop the messages of a member who left or deleted everything."""
        self._replies.pop(member_id, None)
        self._flashes.pop(member_id, None)
        self._forget(lambda member, _about: member == member_id)

    def _forget(self, concerned: Callable[[str, RoundId], bool]) -> None:
        for kept in (self._receipts, self._refused, self._turned):
            for key in [key for key in kept if concerned(*key)]:
                del kept[key]
