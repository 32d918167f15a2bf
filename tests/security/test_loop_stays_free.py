"""Whatever is imported, those who click meanwhile are answered: no turn of the loop takes long."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.application import Application
from bot.domain.answers import SubmitAnswer
from bot.domain.commands import Caller
from bot.domain.drafts import ParsedDocument
from bot.domain.identity import Member, Space
from bot.process import spare_the_collector
from bot.services.banks.storing import import_document
from bot.services.chat.commands.importing import import_file
from bot.services.chat.dispatch import handle
from bot.services.rounds.asking import ask_now
from bot.testing import FakeClock, document, draft
from tests.conftest import application_on
from tests.security.watchdog import LONGEST_S, Watchdog

LETTERS = b"1. What?\nA. x\nB. y\nAnswer: A\nExplanation: " + b"A, " * 12_000 + b"\n"
ONES = b"format: quizbot-bank/1\nquestions: [" + b"1," * 100_000 + b"1]"
MANY = b"".join(b"%d. What is %d?\nA. x\nB. y\nAnswer: A\n\n" % (n, n) for n in range(1_500))


def true_or_false(word: str) -> ParsedDocument:
    return document(*(draft(f"Is the number {n} {word} than its root?", "True", "False", line=n) for n in range(2_000)))


async def click(app: Application, space: Space, times: int) -> None:
    member = Member(space_id=space.id, external_id="ada", name="Ada")
    caller = Caller(space=space, channel="study", member=member, is_host=False)
    for n in range(times):
        (round_,) = await ask_now(app, caller)
        await app.answers.submit(
            SubmitAnswer(
                round_id=round_.id,
                channel="study",
                member=member,
                given=frozenset({0}),
                at=app.clock.now(),
                event_id=f"event-{n}",
            )
        )
        await app.storage.write(lambda unit, asked=round_.id: unit.rounds.end(asked, app.clock.now()))


async def imported(app: Application, space: Space) -> None:
    host = Member(space_id=space.id, external_id="boss", name="Boss")
    caller = Caller(space=space, channel="study", member=host, is_host=True)

    async def brought(name: str, data: bytes) -> None:
        view = await import_file(app, caller, name, data)
        await handle(
            app,
            caller,
            next(b.command.plain for part in view.sections for b in part.buttons if "all" in b.command.plain),
        )

    await brought("letters.txt", LETTERS)
    await click(app, space, 2)  # of two questions, each is asked once before one is asked again
    await asyncio.gather(import_file(app, caller, "ones.yaml", ONES), return_exceptions=True)
    await brought("many.txt", MANY)
    for word in ("larger", "greater"):
        await import_document(app, true_or_false(word), bank="pairs", space_id=space.id)


@pytest.fixture
async def app(url: str, clock: FakeClock) -> AsyncIterator[Application]:
    async with application_on(url, clock=clock) as one:
        yield one


@pytest.mark.parametrize("store", ["sqlite"])
async def test_a_member_clicks_while_hostile_files_are_imported(app: Application, space: Space) -> None:
    await import_document(app, document(draft()), bank="bank")
    await click(app, space, 3)
    spare_the_collector()
    watchdog = Watchdog()
    watching = asyncio.create_task(watchdog.watch())
    importing = asyncio.create_task(imported(app, space))
    clicks = 0
    while not importing.done():
        await click(app, space, 1)
        clicks += 1
    await importing
    watching.cancel()
    assert clicks > 20
    assert watchdog.longest < LONGEST_S
