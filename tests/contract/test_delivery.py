"""Messages: each is posted once, whatever fails when, and ends up as it should be."""

import asyncio
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.domain.views import MessageView
from bot.ports import Forbidden, Gone, Lane, MessengerError, OutcomeUnknown, Post, PostKind, RateLimited
from bot.services.platforms.delivery import deliver, show_counts
from bot.storage import outbox
from bot.storage import tables as t
from bot.testing import FakeMessenger, application_on
from tests.patience import until


@pytest.fixture
def web():
    return FakeMessenger()


def view(text):
    return MessageView(text=text)


async def put(game, key="m1", text="hello", channel="study"):
    post = Post(key=key, space_id=game.space.id, channel=channel, view=view(text), posted_at=game.clock.now())
    await game.app.storage.write(lambda unit: unit.outbox.put(post))


async def stored(game, key="m1"):
    return await game.app.storage.read(lambda unit: unit.outbox.find(key))


async def run(game, web, worker="one", lane=Lane.CHANNELS):
    return await deliver(game.app, {"web": web}, worker, lane)


async def tell_ada(game, key="d1"):
    post = Post(
        key=key,
        space_id=game.space.id,
        channel="study",
        view=view("hello Ada"),
        posted_at=game.clock.now(),
        kind=PostKind.DIRECT,
        private_to="ada",
    )
    await game.app.storage.write(lambda unit: unit.outbox.put(post))


async def test_a_message_is_posted_once_and_edits_follow(game, web):
    await put(game)
    assert await run(game, web) == 1
    assert await run(game, web) == 0
    await put(game, text="changed")
    await run(game, web)
    assert web.log == [("post", "m1"), ("edit", "m1")]
    assert web.shown["m1"].view == view("changed")
    assert (await stored(game)).message_ref == web.references["m1"]


async def test_messages_come_in_the_order_they_were_asked_for(game, web):
    for n in range(5):
        await put(game, f"m{n}")
        game.clock.advance(seconds=1)
    await run(game, web)
    assert [key for _, key in web.log] == [f"m{n}" for n in range(5)]
    recent = await game.app.storage.read(lambda unit: unit.outbox.recent(game.space.id, "study", 3))
    assert [post.key for post in recent] == ["m2", "m3", "m4"]


async def test_an_edit_before_the_post_is_posted_as_it_is_now(game, web):
    await put(game)
    await put(game, text="changed")
    await run(game, web)
    assert web.log == [("post", "m1")]
    assert web.shown["m1"].view == view("changed")
    assert await run(game, web) == 0


async def test_a_message_that_a_messenger_breaks_on_holds_up_none_behind_it(game):
    class Breaks(FakeMessenger):
        async def post(self, post):
            if post.key == "m1":
                raise KeyError(post.key)
            return await super().post(post)

    web = Breaks()
    await put(game, "m1")
    await put(game, "m2")
    with pytest.raises(ExceptionGroup):
        await run(game, web)
    assert web.log == [("post", "m2")]
    assert await run(game, web) == 0
    game.clock.advance(seconds=2)
    with pytest.raises(ExceptionGroup):
        await run(game, web)


async def test_platforms_of_others_are_left_alone(game, web):
    await put(game)
    assert await deliver(game.app, {"discord": web}, "one") == 0
    assert web.log == []


async def test_after_an_unknown_outcome_it_looks_before_it_posts_again(game, web):
    await put(game)
    web.fail_next(OutcomeUnknown("timed out"), after_doing=True)
    await run(game, web)
    game.clock.advance(seconds=2)
    await run(game, web)
    assert web.log == [("post", "m1")]
    assert (await stored(game)).message_ref == web.references["m1"]


async def test_an_edit_after_an_unknown_outcome_edits_what_is_there(game, web):
    """The close comes while nobody knows whether the question was posted."""
    await put(game)
    web.fail_next(OutcomeUnknown("timed out"), after_doing=True)
    await run(game, web)
    await put(game, text="closed")
    game.clock.advance(seconds=10)
    await run(game, web)
    assert web.log == [("post", "m1"), ("edit", "m1")]
    assert web.shown["m1"].view == view("closed")


@pytest.mark.parametrize("edited", [False, True])
async def test_a_worker_that_dies_after_posting_is_followed_by_one_that_looks(game, web, edited):
    await put(game)
    (claim,) = await game.app.storage.write(lambda unit: unit.outbox.claim(["web"], "dead", game.clock.now()))
    await web.post(claim.post)
    if edited:
        await put(game, text="closed")
    assert await run(game, web, "two") == 0, "the claim still holds"
    game.clock.advance(seconds=10)
    await run(game, web, "two")
    assert web.log == [("post", "m1"), *([("edit", "m1")] if edited else [])]


async def test_an_edit_while_it_is_being_posted_is_made_right_after(game, web):
    await put(game)
    (claim,) = await game.app.storage.write(lambda unit: unit.outbox.claim(["web"], "one", game.clock.now()))
    await put(game, text="changed meanwhile")
    assert await run(game, web, "two") == 0, "nobody else posts it meanwhile"
    reference = await web.post(claim.post)
    await game.app.storage.write(lambda unit: unit.outbox.delivered("m1", claim.post.version, reference))
    await run(game, web)
    assert web.log == [("post", "m1"), ("edit", "m1")]
    assert web.shown["m1"].view == view("changed meanwhile")


async def test_two_workers_at_once_post_each_message_once(game, web, url, clock):
    for n in range(30):
        await put(game, f"m{n:02}")
    async with application_on(url, clock=clock, seed=2) as other:
        await asyncio.gather(*(deliver(app, {"web": web}, f"w{n}") for n, app in enumerate((game.app, other) * 3)))
        while await deliver(other, {"web": web}, "last"):
            pass
    assert sorted(web.shown) == [f"m{n:02}" for n in range(30)]
    assert len(web.log) == 30


@pytest.mark.parametrize("error", [Gone("no channel"), Forbidden("no permission")])
async def test_what_can_never_be_posted_is_given_up(game, web, error):
    await put(game)
    web.fail_next(error)
    await run(game, web)
    game.clock.advance(days=1)
    assert await run(game, web) == 0
    assert web.log == []


async def test_a_limit_is_waited_out(game, web):
    await put(game)
    web.fail_next(RateLimited(30))
    await run(game, web)
    game.clock.advance(seconds=29)
    assert await run(game, web) == 0
    game.clock.advance(seconds=1)
    await run(game, web)
    assert web.log == [("post", "m1")]


async def test_after_a_rate_limit_the_message_is_not_searched_for(game, web):
    """A search costs more than the post: Slack allows some bots one a minute."""

    class Unsearchable(FakeMessenger):
        async def find(self, _post):
            raise AssertionError("it was never posted")

    web = Unsearchable()
    await put(game)
    web.fail_next(RateLimited(30))
    await run(game, web)
    game.clock.advance(seconds=30)
    await run(game, web)
    assert web.log == [("post", "m1")]


async def test_direct_messages_and_others_never_wait_for_each_other(game, web):
    await tell_ada(game)
    await put(game)
    assert await run(game, web) == 1
    assert list(web.shown) == ["m1"]
    assert await run(game, web, lane=Lane.DIRECT) == 1
    assert list(web.shown) == ["m1", "d1"]


async def test_direct_messages_to_others_push_nothing_out_of_sight(game):
    await put(game)
    for number in range(3):
        await tell_ada(game, f"d{number}")

    async def seen(reader):
        return await game.app.storage.read(lambda u: u.outbox.recent(game.space.id, "study", 2, reader=reader))

    assert [post.key for post in await seen("bob")] == ["m1"]
    assert [post.key for post in await seen("ada")] == ["d1", "d2"]


async def test_only_a_few_direct_messages_are_under_way_at_once(game, web):
    for number in range(25):
        await tell_ada(game, f"d{number:02}")
    assert await run(game, web, lane=Lane.DIRECT) == 10


async def test_a_direct_message_that_a_dead_worker_sent_is_found(game, web):
    await tell_ada(game)
    web.fail_next(OutcomeUnknown("no answer"), after_doing=True)
    await run(game, web, lane=Lane.DIRECT)
    game.clock.advance(minutes=1)
    await run(game, web, lane=Lane.DIRECT)
    assert web.log == [("post", "d1")]
    assert (await stored(game, "d1")).message_ref == web.references["d1"]


async def test_a_platform_that_is_down_is_tried_again_ever_more_slowly(game, web):
    await put(game)
    waits = []
    for _ in range(6):
        web.fail_next(MessengerError("down"))
        waited = 0
        while not await run(game, web):
            game.clock.advance(seconds=1)
            waited += 1
        waits.append(waited)
    assert waits == [0, 2, 10, 60, 300, 300]
    game.clock.advance(minutes=5)
    web._trouble.clear()
    await run(game, web)
    assert web.log == [("post", "m1")]


async def test_one_failing_message_does_not_hold_up_the_others(game, web):
    await put(game, "m1")
    await put(game, "m2")
    web.fail_next(Forbidden("not there"))
    await run(game, web)
    assert list(web.shown) == ["m2"]


async def test_a_slow_platform_never_makes_a_worker_post_on_a_claim_that_ran_out(game, web, url, clock):
    """Each post takes three seconds; a second worker comes by all the time."""
    for n in range(6):
        await put(game, f"m{n}")
    async with application_on(url, clock=clock, seed=2) as other:

        class Slow(FakeMessenger):
            async def post(self, post):
                reference = await web.post(post)
                clock.advance(seconds=3)
                await deliver(other, {"web": web}, "two")
                return reference

            find = web.find
            edit = web.edit

        for _ in range(10):
            await deliver(game.app, {"web": Slow()}, "one")
            clock.advance(seconds=1)
    assert sorted(web.shown) == [f"m{n}" for n in range(6)]


async def test_a_slow_channel_holds_up_no_other_and_each_keeps_its_order(game):
    class Slow(FakeMessenger):
        async def post(self, post):
            if post.key == "a1":
                await go_on.wait()
            return await super().post(post)

    go_on, web = asyncio.Event(), Slow()
    for key in ("a1", "a2", "b1", "b2"):
        post = Post(key=key, space_id=game.space.id, channel=key[0], view=view(key), posted_at=game.clock.now())
        await game.app.storage.write(lambda unit, post=post: unit.outbox.put(post))

    async def both_of_b_are_there():
        return len(web.log) == 2

    async def a3_is_claimed():
        claimed_by = sa.select(t.posts.c.claimed_by).where(t.posts.c.key == "a3")
        return await game.app.storage.read_raw(lambda connection: connection.scalar(claimed_by))

    lanes = [asyncio.create_task(run(game, web))]
    await until(both_of_b_are_there, "what the other channel waits for")
    assert [key for _, key in web.log] == ["b1", "b2"]
    late = Post(key="a3", space_id=game.space.id, channel="a", view=view("a3"), posted_at=game.clock.now())
    await game.app.storage.write(lambda unit: unit.outbox.put(late))
    lanes.append(asyncio.create_task(run(game, web)))
    await until(a3_is_claimed, "a second lane")
    await asyncio.sleep(0)
    assert len(web.log) == 2, "the second lane waits for the channel's turn"
    go_on.set()
    await asyncio.gather(*lanes)
    assert [key for _, key in web.log[2:]] == ["a1", "a2", "a3"]


async def test_a_result_is_posted_as_a_reply_to_its_question(game, web):
    await game.imports()
    round_ = await game.daily()
    await run(game, web)
    await game.closes(round_)
    await run(game, web)
    assert web.shown[f"r{round_.id}"].reply_ref == web.references[f"q{round_.id}"]


async def test_a_count_that_comes_before_the_note_of_the_post_is_shown_after_it(game, web):
    await game.imports()
    round_ = await game.daily()
    await game.answers(round_, "Ada", 0)
    game.app.counted.add(round_.id)
    await show_counts(game.app, {"web": web})
    assert web.counts == {}
    await run(game, web)
    await show_counts(game.app, {"web": web})
    assert web.counts == {f"q{round_.id}": 1}


async def test_the_public_count_follows_answers(game, web):
    await game.imports()
    round_ = await game.daily()
    await run(game, web)
    await game.answers(round_, "Ada", 0)
    game.app.counted.add(round_.id)
    await show_counts(game.app, {"web": web})
    assert web.counts == {f"q{round_.id}": 1}
    web.counts.clear()
    await show_counts(game.app, {"web": web})
    assert web.counts == {}, "only what changed"


async def test_a_view_comes_back_from_the_database_as_it_went_in(game):
    await game.imports()
    round_ = await game.daily(reveal="at_close")
    question = await stored(game, f"q{round_.id}")
    await game.app.storage.write(lambda unit: unit.outbox.put(replace(question, key="copy")))
    assert (await stored(game, "copy")).view == question.view


async def test_what_waits_is_found_by_its_index_however_much_was_posted(game, store):
    """Every second asks for it."""
    if store != "sqlite":
        pytest.skip("PostgreSQL plans by the rows that there are")
    plans = []

    async def explain(connection):
        for query in (outbox._WAITING_LANES, *outbox._CLAIMABLE.values()):
            spelt = query.params(now=game.clock.now(), adapters=["web"]).compile(
                dialect=connection.dialect, compile_kwargs={"literal_binds": True}
            )
            plans.append([row[-1] for row in await connection.execute(sa.text(f"EXPLAIN QUERY PLAN {spelt}"))])

    await game.app.storage.read_raw(explain)
    assert all(any("ix_posts_waiting" in step for step in plan) for plan in plans), plans
    assert not any("SCAN posts" in step for plan in plans for step in plan), plans
