"""Open pages learn what changed, and slow ones cost nothing."""

import asyncio
from contextlib import ExitStack

import pytest

from adapters.web import hub as hubs
from adapters.web.hub import Changed, Counted, Hub, Missed
from bot.domain.errors import Busy
from tests.patience import PATIENCE_S


async def test_news_go_to_every_page_or_to_one_members() -> None:
    hub = Hub()
    with hub.stream("ada") as hers, hub.stream("bob") as his:
        hub.publish(Changed("q1"))
        hub.publish(Changed("q2"), only="ada")
        assert await hers.next() == [Changed("q1"), Changed("q2")]
        assert await his.next() == [Changed("q1")]
    assert len(hub) == 0


async def test_a_slow_page_is_told_once_what_changed_often() -> None:
    hub = Hub()
    with hub.stream("ada") as stream:
        for number in range(5_000):
            hub.publish(Counted("q1", number))
            hub.publish(Changed("q1"))
        assert await stream.next() == [Counted("q1", 4_999), Changed("q1")]


async def test_a_page_that_missed_too_much_fetches_everything() -> None:
    hub = Hub()
    with hub.stream("ada") as stream:
        for number in range(hubs.MOST_WAITING + 50):
            hub.publish(Changed(f"q{number}"))
        assert await stream.next() == [Missed()]


async def test_a_page_hears_what_happened_since_it_was_made() -> None:
    hub = Hub()
    hub.publish(Changed("q1"))
    made = hub.moment
    with hub.stream("ada", since=made) as stream:
        hub.publish(Changed("q2"))
        assert await stream.next() == [Changed("q2")]
    hub.publish(Changed("q3"), only="bob")
    with hub.stream("ada", since=made) as stream:
        assert await stream.next() == [Changed("q2")]


@pytest.mark.parametrize("since", ["", "-", "0-0", "{era}-", "{era}-x", "{era}-5", "{era}-" + "9" * 400])
async def test_a_page_of_another_time_fetches_everything(since: str) -> None:
    hub = Hub()
    hub.publish(Changed("q1"))
    with hub.stream("ada", since=since.format(era=hub.moment.partition("-")[0])) as stream:
        assert await stream.next() == [Missed()]


async def test_a_page_that_was_made_too_long_ago_fetches_everything() -> None:
    hub = Hub()
    made = hub.moment
    for number in range(hubs.MOST_WAITING + 1):
        hub.publish(Changed(f"q{number}"))
    with hub.stream("ada", since=made) as stream:
        assert await stream.next() == [Missed()]


async def test_closing_ends_a_waiting_page_at_once() -> None:
    hub = Hub()
    with hub.stream("ada") as stream:
        waiting = asyncio.create_task(stream.next())
        await asyncio.sleep(0)
        hub.close()
        assert await asyncio.wait_for(waiting, PATIENCE_S) is None
        with pytest.raises(Busy), hub.stream("bob"):
            pass


async def test_as_many_pages_as_a_member_may_have_all_listen() -> None:
    hub = Hub()
    with ExitStack() as stack:
        streams = [stack.enter_context(hub.stream("ada")) for _ in range(hubs.PER_MEMBER)]
        hub.publish(Changed("q1"))
        assert [await stream.next() for stream in streams] == [[Changed("q1")]] * hubs.PER_MEMBER


async def test_one_member_has_so_many_pages_and_the_oldest_goes() -> None:
    hub = Hub()
    with hub.stream("ada") as oldest, hub.stream("bob") as other, ExitStack() as stack:
        for _ in range(hubs.PER_MEMBER):
            stack.enter_context(hub.stream("ada"))
        assert await asyncio.wait_for(oldest.next(), PATIENCE_S) is None
        assert oldest.retired
        assert not other.retired
        hub.publish(Changed("q1"))
        assert await other.next() == [Changed("q1")]
