"""Direct messages reach one person who did nothing just now, the same everywhere."""

from datetime import timedelta
from functools import partial

import pytest

from bot.domain.identity import Member
from bot.domain.subscriptions import MOST_REFUSED, Subject, Subscription
from bot.domain.views import MessageView
from bot.i18n import language
from bot.ports import Lane, Post, Unit
from bot.services.platforms.delivery import deliver
from bot.services.rounds.asking import question_key
from bot.services.telling import tell_subscriber
from bot.testing import draft
from tests.adapters.stages import Person, Stage

LONG = timedelta(hours=2)
"""Longer than a platform lets a bot reply to what somebody did."""


async def subscribed(stage: Stage, person: Person) -> Subscription:
    """Somebody who wants to be told something, in German."""
    space = await stage.bot.space()
    wanted = Subscription(space_id=space.id, account=person.id, subject=Subject.REMINDERS, language="de")
    await stage.bot.app.storage.write(lambda unit: unit.subscriptions.add(wanted))
    return wanted


def spoken() -> MessageView:
    """The message, in the language that is spoken."""
    return MessageView(title="For you", text=f"Spoken: {language()}")


async def tell(stage: Stage, wanted: Subscription, *, about: str | None = None) -> None:
    """A use case has something for them."""
    app = stage.bot.app
    work = partial(tell_subscriber, app, subscription=wanted, channel=stage.channel, render=spoken, reply_to=about)
    await app.write_and_deliver(lambda unit: work(unit=unit))
    await stage.bot.settled()


async def told(stage: Stage, person: Person) -> list[Post]:
    """What is in the outbox for somebody, delivered or not."""
    space = await stage.bot.space()

    async def read(unit: Unit) -> list[Post]:
        posts = await unit.outbox.recent(space.id, stage.channel, 50, reader=person.id)
        return [post for post in posts if post.is_direct]

    return await stage.bot.app.storage.read(read)


async def now(stage: Stage, wanted: Subscription) -> Subscription:
    """What is stored of a subscription."""
    member = Member(space_id=wanted.space_id, external_id=wanted.account, name="")
    (found,) = await stage.bot.app.storage.read(lambda unit: unit.subscriptions.of(member))
    return found


async def test_one_person_is_told_something_long_after_they_did_anything(stage: Stage):
    await stage.imports(draft())
    ada, bob = await stage.person("Ada", locale="de"), await stage.person("Bob")
    await stage.daily()
    question = await stage.question()
    await ada.answers("A")
    await bob.answers("A")
    wanted = await subscribed(stage, ada)
    stage.wait(LONG)
    await tell(stage, wanted, about=question_key(question.round_id))
    assert (await ada.hears()).count("Spoken: de") == 1
    assert "Zur Frage" in stage.sent(), "it links to the question, in the same language"
    assert "Spoken: de" not in await bob.hears()
    assert "Spoken: de" not in await stage.watcher.sees()
    assert stage.pings() == []


async def test_what_was_delivered_without_a_record_is_found_and_not_sent_again(stage: Stage):
    ada = await stage.person("Ada")
    wanted = await subscribed(stage, ada)
    await tell(stage, wanted)
    (post,) = await told(stage, ada)
    assert await stage.bot.adapter.messenger.find(post) == post.message_ref


async def test_somebody_who_takes_no_messages_is_soon_left_alone(stage: Stage):
    if reason := stage.lacks.get("closed doors"):
        pytest.skip(reason)
    ada = await stage.person("Ada")
    wanted = await subscribed(stage, ada)
    stage.closes_door(ada)
    for number in range(1, MOST_REFUSED + 1):
        assert not (await now(stage, wanted)).is_given_up
        await tell(stage, wanted)
        assert (await now(stage, wanted)).refused == number
    assert (await now(stage, wanted)).is_given_up
    assert not any(post.message_ref for post in await told(stage, ada))
    assert await deliver(stage.bot.app, {stage.bot.adapter.name: stage.bot.adapter.messenger}, "late", Lane.DIRECT) == 0


async def test_a_message_that_arrives_resets_the_count_of_refusals(stage: Stage):
    ada = await stage.person("Ada")
    wanted = await subscribed(stage, ada)
    await stage.bot.app.storage.write(lambda unit: unit.subscriptions.refused(wanted.space_id, wanted.account))
    await tell(stage, wanted)
    assert (await now(stage, wanted)).refused == 0
