"""When accounts part, each takes along what it answered."""

import pytest
import sqlalchemy as sa

from bot.domain.rounds import Reveal
from bot.storage import tables as t
from bot.testing import draft
from tests.contract.accounts import link, person

pytestmark = pytest.mark.sqlite_first


@pytest.mark.parametrize("parting", ["Ada", "Alias"])
async def test_accounts_that_part_in_a_shared_space_take_along_what_each_answered(game, parting):
    """Before they were linked, and since."""
    await game.imports(*(draft(f"Question {n}?") for n in range(5)))
    rounds = [await game.daily() for _ in range(5)]
    for round_, name in zip(rounds[:3], ("Ada", "Alias", "Alias"), strict=True):
        await game.answers(round_, name, 0)
    await link(game, game, "Ada", "Alias")
    for round_, name in zip(rounds[3:], ("Alias", "Ada"), strict=True):
        await game.answers(round_, name, 0)
    assert list((await game.points()).values()) == [50]
    await person(game, parting).says("/quiz unlink")
    assert await game.points() == {"Ada": 20, "Alias": 30}
    for name, days in (("Ada", "2 of 2 right"), ("Alias", "3 of 3 right")):
        await person(game, name).follows([("/quiz stats", days)])
    await game.agrees()


async def test_a_regraded_answer_still_says_which_account_gave_it(game):
    await game.imports()
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    await game.answers(round_, "Alias", 0)
    await link(game, game, "Ada", "Alias")
    await game.closes(round_)
    await person(game, "Ada").says("/quiz unlink")
    assert await game.points() == {"Alias": 10}
    await game.agrees()


@pytest.mark.both_databases
async def test_answers_that_do_not_say_who_gave_them_stay_where_the_accounts_go_on(game):
    await game.imports()
    round_ = await game.daily()
    await game.answers(round_, "Ada", 0)
    await game.app.storage.write_raw(lambda connection: connection.execute(sa.update(t.answers).values(account=None)))
    await link(game, game, "Ada", "Alias")
    kept = "Still linked: Ada (Study group). 1 older answer stays there"
    await person(game, "Alias").follows([("/quiz unlink", kept)])
    assert await game.points() == {"Ada": 10}
    await game.agrees()
