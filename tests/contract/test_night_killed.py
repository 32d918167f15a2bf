"""A quiz night that is killed at every statement it sends: it goes on where it was, and says everything once."""

import pytest

from bot.services import night
from bot.testing import FakeMessenger, draft
from tests.contract.nights import Deadly, asked, one_moment, open_round

pytestmark = pytest.mark.sqlite_first


async def test_whatever_statement_it_is_killed_at_a_night_asks_and_tells_everything_once(game):
    await game.imports(*(draft(f"Question {number}?", "right", "wrong") for number in range(3)))
    started = await night.start(game.app, game.caller(is_host=True), count=2, seconds=60)
    web, deadly = FakeMessenger(), Deadly(game.app)
    for _moment in range(40):
        await one_moment(game, web, deadly, started)
        if (round_ := await open_round(game)) is not None:
            await game.answers(round_, "Ada", 0)
        game.clock.advance(seconds=5)
    assert len(deadly.survived) > 100
    first, second = [one.round_id for one in await asked(game, started)]
    assert [web.shown[key].view.title if key.startswith("n") else key for what, key in web.log if what == "post"] == [
        "Quiz night!",
        f"q{first}",
        f"r{first}",
        "Quiz night: question 2 of 2 comes next",
        f"q{second}",
        f"r{second}",
        f"p{started.id}",
    ]
    assert len(await game.app.storage.read(lambda unit: unit.nights.questions(started.id))) == 2
    assert await game.points() == {"Ada": 20}
    await game.agrees()
