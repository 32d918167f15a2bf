"""Files that wait for a decision: whose they are, for how long, and how many."""

import json
from functools import partial

import pytest

from bot.domain.errors import BadInput, NotFound
from bot.services.banks import importing
from bot.services.banks.storing import summaries
from bot.services.chat.dispatch import handle
from bot.services.leagues.spaces import ensure_space
from bot.services.people.privacy import export_data
from bot.testing import pressed
from tests.contract.bringing import CLEAR, Host, on_one_database


@on_one_database
async def test_a_second_file_waits_beside_the_first(game, hana):
    await hana.brings()
    first = hana.buttons["Import all 4"]
    told = await hana.brings(CLEAR, name="other.txt")
    assert "“exam.txt” is still waiting, too: its buttons still work." in told
    second = hana.buttons["Import 1 question"]
    await hana.types(first)
    await hana.types(second)
    assert [one.bank.name for one in await summaries(game.app, game.space.id)] == ["exam", "other"]


@on_one_database
async def test_what_is_wrong_with_a_click_is_told_with_its_own_file(game, hana):
    await hana.brings()
    out = hana.buttons["1: Drop it"]
    await hana.brings(CLEAR, name="other.txt")
    told = await hana.types(out.replace("at=1.0", "at=77.0"))
    assert "That question isn't there any more." in told
    assert "exam.txt" in told
    assert "other.txt" not in told


@on_one_database
async def test_nobody_else_gets_at_a_file_not_even_a_host(game, hana):
    await hana.brings()
    elsewhere = await ensure_space(game.app, "web", "elsewhere", "Elsewhere", "UTC")
    for other in (Host(game, "Oscar"), Host(game, "Hana", space=elsewhere)):
        for line in (*hana.buttons.values(), "/quiz bank settle", "/quiz bank mend"):
            with pytest.raises(NotFound, match="No such file of yours is waiting"):
                await other.types(line)
    assert "4 need you" in await hana.types("/quiz bank settle")


@on_one_database
async def test_a_file_waits_for_a_day_after_the_last_decision(game, hana):
    await hana.brings()
    await game.later(hours=23)
    await hana.clicks("1: It's B")
    await game.later(hours=23)
    assert "2 ready" in await hana.types("/quiz bank settle")
    await game.later(hours=2)
    with pytest.raises(NotFound):
        await hana.types("/quiz bank settle")
    await importing.forget_old(game.app)
    assert await game.app.storage.read(lambda unit: unit.waiting_imports.of(hana.caller.member)) == []


async def test_only_so_many_files_wait(game, hana, monkeypatch):
    monkeypatch.setattr(importing, "MOST_OF_ONE", 2)
    monkeypatch.setattr(importing, "MOST_OF_A_SPACE", 3)
    ada, bea = Host(game, "Ada"), Host(game, "Bea")

    async def waiting() -> list[list[str]]:
        return [
            [one.file for one in await game.app.storage.read(partial(_of, who.caller.member))]
            for who in (hana, ada, bea)
        ]

    for name in ("a", "b", "c"):
        await hana.brings(CLEAR, name=name)
    assert await waiting() == [["c", "b"], [], []]
    await ada.brings(CLEAR, name="d")
    await bea.brings(CLEAR, name="e")
    assert await waiting() == [["c"], ["d"], ["e"]]


async def _of(member, unit):
    return await unit.waiting_imports.of(member)


async def test_a_file_is_shown_to_its_owner_and_forgotten_with_them(game, hana):
    await hana.brings()
    told = json.loads(await export_data(game.app, [hana.caller.member]))
    assert [(one["file"], one["bank"]) for one in told["files that wait to be imported"]] == [("exam.txt", "exam")]
    asked = await handle(game.app, hana.caller, "/quiz privacy delete")
    await handle(game.app, hana.caller, pressed(asked))
    assert await game.app.storage.read(lambda unit: unit.waiting_imports.of(hana.caller.member)) == []


@on_one_database
@pytest.mark.parametrize(
    "forged",
    [
        "at=9.0 do=A",
        "at=1.0 do=Z",
        "at=1.0 do=AB",
        "at=1.0 do=nonsense",
        "do=A",
        "at=4.0 do=keep",
        "at=99999999999.0 do=out",
    ],
)
async def test_what_no_button_does_is_refused_and_changes_nothing(game, hana, forged):
    await hana.brings()
    number = hana.buttons["Cancel"].split()[3]
    assert "1 ready, 4 need you" in await hana.types(f"/quiz bank settle {number} seen=0 {forged}")


@on_one_database
async def test_a_number_that_no_file_has_is_refused(hana):
    await hana.brings()
    for number in ("x", "9" * 30):
        with pytest.raises(BadInput, match="Which file"):
            await hana.types(f"/quiz bank settle id={number}")
    with pytest.raises(NotFound):
        await hana.types("/quiz bank settle id=7")


@on_one_database
async def test_nothing_is_imported_if_nothing_is_ready(game, hana):
    await hana.brings("1. What?\nA. x\nB. y\n")
    line = hana.buttons["Cancel"].replace("cancel", "ready")
    with pytest.raises(BadInput, match="No question in this file is ready"):
        await hana.types(line)
    assert await summaries(game.app, game.space.id) == []
