"""Banks belong to one space or to the operator: no space learns of another's, or can take a name from it."""

from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.application import Application
from bot.domain.commands import Caller
from bot.domain.errors import BadInput, NotFound, QuizbotError
from bot.domain.identity import Member, Space
from bot.ports import QuestionFilter
from bot.rendering.replies import bank_list
from bot.services.banks.deleting import delete_bank
from bot.services.banks.storing import bank_questions, import_document, summaries
from bot.services.chat import dispatch
from bot.services.chat.commands.table import COMMANDS
from bot.services.chat.completion import suggest
from bot.services.leagues.spaces import ensure_space
from bot.storage import tables as t
from bot.storage.question_draw import bank_named, is_open_to
from bot.testing import document, draft, plain


@pytest.fixture
async def spaces(app: Application) -> tuple[Space, Space]:
    return await ensure_space(app, "discord", "1", "Here", "UTC"), await ensure_space(app, "discord", "2", "B", "UTC")


async def stems(app: Application, name: str, space: Space | None) -> list[str]:
    _bank, questions = await bank_questions(app, name, space.id if space else None)
    return [question.stem for question in questions]


async def drawn(app: Application, space: Space, bank: str | None) -> set[str]:
    async def read(unit: Any) -> set[str]:
        found = await unit.banks.candidates(QuestionFilter(space_id=space.id, bank=bank))
        return {(await unit.banks.question(one.question_id)).stem for one in found}

    return await app.storage.read(read)


async def test_two_spaces_and_the_operator_have_banks_of_one_name(app, spaces):
    here, there = spaces
    for stem, owner in (("Everybody's?", None), ("Ours?", here.id), ("Theirs?", there.id)):
        report = await import_document(app, document(draft(stem)), bank="Networks", space_id=owner)
        assert (report.new, report.unchanged, report.ready) == (1, 0, 1), "as if no other were there"
    assert await stems(app, "networks", here) == ["Ours?"]
    assert await stems(app, "NETWORKS", there) == ["Theirs?"]
    assert await stems(app, "networks", None) == ["Everybody's?"]
    again = await import_document(app, document(draft("Ours?")), bank="networks", space_id=here.id)
    assert (again.new, again.unchanged) == (0, 1)


async def test_a_spaces_own_bank_goes_before_the_operators_of_the_same_name(app, spaces):
    here, there = spaces
    await import_document(app, document(draft("Everybody's?")), bank="Networks")
    assert await drawn(app, here, "networks") == {"Everybody's?"}
    await import_document(app, document(draft("Ours?")), bank="networks", space_id=here.id)
    assert await drawn(app, here, "networks") == {"Ours?"}
    assert await drawn(app, here, None) == {"Ours?", "Everybody's?"}
    assert await drawn(app, there, "networks") == {"Everybody's?"}
    names = [row[0] for row in bank_list(await summaries(app, here.id)).table.rows]
    assert names == ["networks", "Networks (for every space)"]
    review = COMMANDS["bank review"].options[0]
    assert [name.casefold() for name in await suggest(app, here, review, "net")] == ["networks"]


async def test_no_reply_depends_on_what_another_space_has(app, spaces):
    here, there = spaces
    me = Caller(space=here, channel="c", member=Member(space_id=here.id, external_id="7", name="Ada"), is_host=True)

    async def told() -> list[str]:
        replies = []
        for text in (
            "/quiz bank list",
            "/quiz bank review zebra",
            "/quiz bank=zebra",
            "/quiz daily 09:00 UTC bank=zebra",
        ):
            try:
                view = await dispatch.handle(app, me, text)
                replies.append(plain(view) if view else "")
            except QuizbotError as error:
                replies.append(str(error))
        replies.append(str(await import_document(app, document(draft()), bank="zebra", space_id=here.id, dry_run=True)))
        twin = "z\u0435bra"  # with a Cyrillic letter
        replies.append(str(await import_document(app, document(draft()), bank=twin, space_id=here.id, dry_run=True)))
        return replies

    before = await told()
    await import_document(app, document(draft("Secret?"), draft("Secret, too?")), bank="zebra", space_id=there.id)
    assert await told() == before


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_the_banks_of_others_cost_a_space_no_time(app, spaces):
    """The database goes to the space's banks and the operator's by an index: it reads and counts no others."""
    here, there = spaces
    await import_document(app, document(draft("Secret?")), bank="zebra", space_id=there.id)
    await import_document(app, document(draft("Ours?")), bank="ours", space_id=here.id)
    assert [one.bank.name for one in await summaries(app, here.id)] == ["ours"]
    for query in (sa.select(bank_named("zebra", here.id)), sa.select(t.banks.c.name).where(is_open_to(here.id))):
        steps = await app.storage.read_raw(partial(_steps, query))
        reads = [step for step in steps if "banks" in step]
        assert reads
        assert all("(space_id=?" in step for step in reads), steps


async def _steps(query: sa.Select[Any], connection: AsyncConnection) -> list[str]:
    """How SQLite goes about a query."""
    text = str(query.compile(connection.engine.sync_engine, compile_kwargs={"literal_binds": True}))
    return [row.detail for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")]


async def test_no_space_keeps_a_name_from_the_operator(app, spaces):
    here, _there = spaces
    await import_document(app, document(draft("Ours?")), bank="Zebra", space_id=here.id)
    await import_document(app, document(draft("Everybody's?")), bank="zebra")
    await import_document(app, document(draft("Another?")), bank="Z\u0435bra 2")
    assert await stems(app, "zebra", None) == ["Everybody's?"]
    assert await stems(app, "zebra", here) == ["Ours?"]
    await import_document(app, document(draft("Kept?")), bank="ours", space_id=here.id)
    with pytest.raises(NotFound) as refused:
        await bank_questions(app, "none")
    assert "ours" not in str(refused.value).casefold()


async def test_no_bank_takes_the_name_that_another_needs_to_be_deleted(app, spaces):
    """It could be told in advance: a bank's number comes before that of its first question."""
    here, _there = spaces
    host = Caller(space=here, channel="c", member=Member(space_id=here.id, external_id="7", name="Ada"), is_host=True)
    await import_document(app, document(draft("Asked?"), draft("Never asked?")), bank="ours", space_id=here.id)
    (bank,) = (one.bank for one in await summaries(app, here.id))
    for squatted in (f"former {bank.id}", f"FORMER {bank.id}"):
        with pytest.raises(BadInput, match="deleted banks"):
            await import_document(app, document(draft()), bank=squatted, space_id=here.id)
    await dispatch.handle(app, host, "/quiz")
    assert await delete_bank(app, host, "ours") == 1
    assert await summaries(app, here.id) == []
