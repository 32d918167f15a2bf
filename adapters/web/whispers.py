"""Private messages to members (receipts and replies to commands), kept while the process runs.

Nothing here is the only copy of a fact: after a restart, receipts are made again from the answers, and replies are
gone, as on other platforms.
"""

from collections import OrderedDict, deque

from adapters.web.outbound import Seen
from bot.domain.identity import RoundId
from bot.domain.views import MessageView

MEMBERS = 1_000
REPLIES = 10
RECEIPTS = 50


class Whispers:
    """The latest private messages of the latest members."""

    def __init__(self) -> None:
        self._replies: OrderedDict[str, deque[Seen]] = OrderedDict()
        self._receipts: OrderedDict[tuple[str, RoundId], MessageView] = OrderedDict()

    def reply(self, member_id: str, reply: Seen) -> None:
        """Keep the reply to a member's command."""
        self._replies.setdefault(member_id, deque(maxlen=REPLIES)).append(reply)
        self._replies.move_to_end(member_id)
        if len(self._replies) > MEMBERS:
            self._replies.popitem(last=False)

    def replies_to(self, member_id: str) -> list[Seen]:
        """Return the replies that a member's page still shows, oldest first."""
        return list(self._replies.get(member_id, ()))

    def receipt(self, member_id: str, round_id: RoundId, view: MessageView) -> None:
        """Keep a member's latest receipt about a round."""
        self._receipts[member_id, round_id] = view
        self._receipts.move_to_end((member_id, round_id))
        if len(self._receipts) > MEMBERS * RECEIPTS:
            self._receipts.popitem(last=False)

    def receipt_for(self, member_id: str, round_id: RoundId) -> MessageView | None:
        """Return a member's latest receipt about a round, if the round hasn't changed since."""
        return self._receipts.get((member_id, round_id))

    def forget_round(self, round_id: RoundId) -> None:
        """Drop all receipts about a round that changed: they may be wrong now."""
        for key in [key for key in self._receipts if key[1] == round_id]:
            del self._receipts[key]

    def forget_replies(self) -> None:
        """Drop all replies, because any of them may name somebody who was just forgotten."""
        self._replies.clear()

    def forget_member(self, member_id: str) -> None:
        """Drop the messages of a member who left or deleted everything."""
        self._replies.pop(member_id, None)
        for key in [key for key in self._receipts if key[0] == member_id]:
            del self._receipts[key]
