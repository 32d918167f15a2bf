"""What somebody typed is nowhere any more once they are forgotten, also where nothing names them."""

from dataclasses import replace
from fractions import Fraction

import pytest
import sqlalchemy as sa

from bot.domain.accepted import AcceptedNumber
from bot.domain.rounds import Reveal
from bot.services.rounds.asking import ask_now, result_key
from bot.services.standings.scores import verify
from bot.storage import tables as t
from bot.testing import Conversation, blanks, number, plain, short
from tests.contract.test_forgetting import leftovers

pytestmark = pytest.mark.sqlite_first

TYPED = {"short": "ask Ö. *about* it", "number": "8801.7055", "blanks": "ask Ö. *about* it"}


@pytest.mark.parametrize(
    "made",
    [short("Which service?", "7"), number("How many?", AcceptedNumber(value=Fraction(7))), blanks("____!", ["7"])],
    ids=lambda made: made.kind,
)
async def test_what_somebody_typed_is_in_no_byte_though_no_message_names_them(game, made):
    """They are behind everybody whom the result names; and a round that is open has no result yet."""
    await game.imports(made, replace(made, stem=f"And which other one? {made.stem}"))
    typed, closed = TYPED[made.kind], await game.daily(reveal=Reveal.AT_CLOSE)
    (still_open,) = await ask_now(game.app, game.caller("Zoe"))
    for name in ("Ada", "Bob", "Cy", "Di", "Eve"):
        await Conversation(game.app, game.space, speaker=name).answers(closed, ("7",))
        await game.later(seconds=1)
    zoe = Conversation(game.app, game.space, speaker="Zoe")
    for round_ in (closed, still_open):
        await zoe.answers(round_, (typed,))
    await game.closes(closed)

    async def told():
        return plain((await game.app.storage.read(lambda unit: unit.outbox.find(result_key(closed.id)))).view)

    assert typed.replace("*", "") in (await told()).replace("*", "").replace("\\", "")
    assert "Zoe" not in await told()
    await game.app.storage.wipe()
    assert await leftovers(game.app, [typed]) == {typed}
    assert "Done" in await zoe.insists("/quiz privacy delete")
    assert await leftovers(game.app, [typed]) == set()
    assert "Ada" in await told()
    await game.agrees()


async def test_a_result_that_shows_nothing_of_what_somebody_typed_stays_as_it_is(game):
    await game.imports(short("Which service?", "Firecracker"))
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    for name in (*"ABC", "Zoe", *"DEFGHIJ"):  # she isn't among those whom the result names
        typed = "Firecrakcer" if name == "Zoe" else "Firecracker"
        await Conversation(game.app, game.space, speaker=name).answers(round_, (typed,))
        await game.later(seconds=1)
    await game.closes(round_)
    assert "Done" in await Conversation(game.app, game.space, speaker="Zoe").insists("/quiz privacy delete")
    result = await game.app.storage.read(lambda unit: unit.outbox.find(result_key(round_.id)))
    assert result.version == 1
    await game.app.storage.wipe()
    assert await leftovers(game.app, ["Firecrakcer"]) == set()


@pytest.mark.both_databases
async def test_what_somebody_typed_is_not_in_the_audit_of_a_repair(game):
    await game.imports(short("Which service?", "7"))
    round_ = await game.asks()
    for name, typed in (("Ada", "6"), ("Zoe", TYPED["short"])):
        await Conversation(game.app, game.space, speaker=name).answers(round_, (typed,))
    await game.app.storage.write_raw(lambda connection: connection.execute(sa.update(t.answers).values(correct=True)))
    assert f"misgraded: round {round_.id}, answers: 2" in await verify(game.app, repair=True, actor="host")
    (entry,) = await game.app.storage.read(lambda unit: unit.audit.about("totals"))
    assert entry.details.startswith("answers graded anew: 2")
    assert "Done" in await Conversation(game.app, game.space, speaker="Zoe").insists("/quiz privacy delete")
    await game.app.storage.wipe()
    assert await leftovers(game.app, [TYPED["short"]]) == set()
    await game.agrees()
