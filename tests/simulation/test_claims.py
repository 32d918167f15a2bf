"""What a claim on a message must hold against, told once more in small."""

import asyncio

import pytest

from bot.domain.views import MessageView
from bot.ports import OutcomeUnknown, Post
from bot.services.platforms.delivery import deliver
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
    async with application_on(url, clock=clock, seed=2) as other:
        platform.other, platform.clock = other, clock
        await deliver(app, {"web": platform}, "one")
    assert platform.log == [("post", "q1")]


class HeldUp(FakeMessenger):
    """The first post fails after its claim ran out; the other process's post is long under way by then."""

    async def post(self, post: Post) -> str:
        if self.tries == 0:
            self.tries += 1
            self.clock.advance(seconds=9)
            self.others = asyncio.create_task(deliver(self.other, {"web": self}, "other"))
            await self.under_way.wait()
            raise OutcomeUnknown("the platform says 500, late")
        if self.tries == 1:
            self.tries += 1
            self.under_way.set()
            await self.arrives.wait()
        return await super().post(post)


@pytest.mark.parametrize("store", ["sqlite"])
async def test_a_late_failure_leaves_the_message_to_whoever_claimed_it_meanwhile(app, url, clock, space):
    platform = HeldUp()
    platform.tries, platform.clock = 0, clock
    platform.under_way, platform.arrives = asyncio.Event(), asyncio.Event()
    post = Post(key="q1", space_id=space.id, channel="study", view=MessageView(text="?"), posted_at=clock.now())
    await app.storage.write(lambda unit: unit.outbox.put(post))
    async with application_on(url, clock=clock, seed=2) as other:
        platform.other = other
        await deliver(app, {"web": platform}, "one")
        clock.advance(seconds=3)
        await deliver(app, {"web": platform}, "one")
        platform.arrives.set()
        await platform.others
    assert platform.log == [("post", "q1")]
