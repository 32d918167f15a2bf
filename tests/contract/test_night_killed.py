"""A quiz night that is killed at every statement it sends: it goes on where it was, and says everything once."""

import pytest
import sqlalchemy as sa

from bot.services import night
from bot.services.platforms.delivery import deliver
from bot.testing import FakeMessenger, draft
from tests.contract.nights import asked, beat, open_round

pytestmark = pytest.mark.sqlite_first


class KilledError(BaseException):
    """The process ends here."""


class Deadly:
    """Ends a process at every statement of its writing transactions, once at each ``step`` of a night."""

    def __init__(self, app) -> None:
        self.step = None
        self.survived = set()
        sa.event.listen(app.storage._writing.sync_engine, "before_cursor_execute", self._send)

    def _send(self, _connection, _cursor, statement, *_about) -> None:
        if (self.step, statement) not in self.survived:
            self.survived.add((self.step, statement))
            raise KilledError


async def one_moment(game, deadly, web, started) -> None:
    """Do what is due, in as many lives as it takes."""
    while True:
        deadly.step = str(await asked(game, started))
        try:
            await beat(game)
            while await deliver(game.app, {"web": web}, f"life {game.app.ids.next()}"):
                pass
        except KilledError:
            continue
        return


async def test_whatever_statement_it_is_killed_at_a_night_asks_and_tells_everything_once(game):
    await game.imports(*(draft(f"Question {number}?", "right", "wrong") for number in range(3)))
    started = await night.start(game.app, game.caller(is_host=True), count=2, seconds=60)
    web, deadly = FakeMessenger(), Deadly(game.app)
    for _moment in range(40):
        await one_moment(game, deadly, web, started)
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
        "The quiz night is over",
    ]
    assert len(await game.app.storage.read(lambda unit: unit.nights.questions(started.id))) == 2
    assert await game.points() == {"Ada": 20}
    await game.agrees()
