"""What somebody typed is nowhere any more once they are forgotten, also where nothing names them."""

from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain.accepted import AcceptedNumber
from bot.domain.rounds import Reveal
from bot.services.rounds.asking import ask_now, result_key
from bot.testing import Conversation, number, plain, short
from tests.contract.test_forgetting import leftovers

TYPED = {"short": "ask Ö. *about* it", "number": "8801.7055"}


@pytest.mark.parametrize(
    "made",
    [short("Which service?", "7"), number("How many?", AcceptedNumber(value=Fraction(7)))],
    ids=lambda made: made.kind,
)
async def test_what_somebody_typed_is_in_no_byte_though_no_message_names_them(game, made):
    """They are behind everybody whom the result names; and a round that is open has no result yet."""
    await game.imports(made, replace(made, stem="And which other one?"))
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
    assert "Done" in await zoe.says("/quiz privacy delete confirm")
    assert await leftovers(game.app, [typed]) == set()
    assert "Ada" in await told()
    await game.agrees()
