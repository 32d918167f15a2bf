"""Quiz nights of many: two at once and one that everybody leaves, with a kill in the middle; 300 players in a soak."""

from collections import Counter
from dataclasses import replace

import pytest

from bot.domain.night import READABLE
from bot.services import night
from bot.testing import FakeMessenger, application_on, draft, plain
from tests.contract.nights import Deadly, beat_and_deliver, one_moment, open_round, told
from tests.soak import LONG

pytestmark = pytest.mark.sqlite_first

PLAYERS = 300 if LONG else 10
RIGHT = PLAYERS // 2
QUESTIONS = 3
AT_ONCE, LEFT = ("study", "lounge"), "attic"


async def everybody_answers(game, channel):
    """Everybody answers what is open in a channel, the first half of them rightly."""
    round_ = await open_round(game, channel)
    if round_ is not None:
        clicks = (game.click(round_, f"Player {number:03}", int(number >= RIGHT)) for number in range(PLAYERS))
        await game.at_once(*(replace(click, channel=channel) for click in clicks))


async def test_nights_of_many_go_on_after_a_kill_and_post_no_more_than_those_of_few(game, url, clock):
    await game.imports(*(draft(f"Question {number}?", "right", "wrong") for number in range(3 * QUESTIONS)))
    web, nights = FakeMessenger(), []
    for channel, count in ((AT_ONCE[0], QUESTIONS), (AT_ONCE[1], QUESTIONS), (LEFT, 9)):
        caller = replace(game.caller(is_host=True), channel=channel)
        nights.append(await night.start(game.app, caller, count=count, seconds=30))
    await beat_and_deliver(game, web)
    for channel in (*AT_ONCE, LEFT):
        await everybody_answers(game, channel)
    game.clock.advance(seconds=READABLE.seconds)
    await one_moment(game, web, Deadly(game.app), *nights)  # it is time to close two of them, and to be killed
    async with application_on(url, clock=clock) as restarted:
        for _moment in range(25):
            game.clock.advance(seconds=5)
            await beat_and_deliver(game, web, restarted)
            for channel in AT_ONCE:
                await everybody_answers(game, channel)

    posted = Counter((web.shown[key].channel, key[0]) for what, key in web.log if what == "post")
    for channel in AT_ONCE:
        assert [posted[channel, kind] for kind in "qrnp"] == [QUESTIONS, QUESTIONS, QUESTIONS, 1]
        last = (await told(game, channel))[-1]
        assert last.title == "The quiz night is over"
        assert last.table.rows[0] == ("1", "Player 000", "30", "3", "3")
    assert [posted[LEFT, kind] for kind in "qrnp"] == [3, 3, 3, 1]
    assert "Nobody has answered for a while" in plain((await told(game, LEFT))[-1])
    assert (await game.points())["Player 000"] == 10 * (2 * QUESTIONS + 1)
    assert len(await game.points()) == PLAYERS
    await game.agrees()
