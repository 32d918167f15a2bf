"""What a claim on a message must hold against, told once more in small."""

import pytest

from bot.domain.views import MessageView
from bot.ports import OutcomeUnknown, Post
from bot.services.delivery import deliver
from bot.testing import FakeMessenger, application_on


class SlowToSearch(FakeMessenger):
    """While one process looks for a message, its claim runs out, and the other one posts it."""

    async def find(self, post: Post) -> str | None:
        found = await super().find(post)
        other, self.other = self.other, None
        if other is not None:
            self.clock.advance(seconds=9)
            await deliver(other, {"web": self}, "other")
        return found


@pytest.mark.parametrize("store", ["sqlite"])
async def test_no_message_is_posted_on_a_claim_that_ran_out_while_it_was_looked_for(app, url, clock, space):
    platform = SlowToSearch()
    platform.fail_next(OutcomeUnknown("the platform says 500"))
    post = Post(key="q1", space_id=space.id, channel="study", view=MessageView(text="?"), posted_at=clock.now())
    await app.storage.write(lambda unit: unit.outbox.put(post))
    await deliver(app, {"web": platform}, "one")
    clock.advance(seconds=3)
    async with application_on(url, clock=clock) as other:
        platform.other, platform.clock = other, clock
        await deliver(app, {"web": platform}, "one")
    assert platform.log == [("post", "q1")]
