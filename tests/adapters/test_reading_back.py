"""Reactions are read back while people go on reacting."""

from dataclasses import dataclass
from datetime import time

import pytest

from bot.application import Application
from bot.domain.identity import Member, Space
from bot.domain.rounds import AnswerWith, Round
from bot.domain.series import Timetable
from bot.ports import Post, Reactions
from bot.services.asking import question_key
from bot.services.banks import import_document
from bot.services.delivery import deliver
from bot.services.reacting import react, read_back
from bot.services.series import add_series, ask_in_series_now
from bot.testing import FakeClock, FakeMessenger, document, draft


@dataclass(slots=True)
class SlowMessenger(FakeMessenger):
    """A platform that takes so long to tell of its reactions that somebody changes theirs meanwhile."""

    play: "Play | None" = None

    async def reactions(self, post: Post) -> Reactions:  # noqa: ARG002 - there is one post only
        """What stood there when it was asked."""
        assert self.play is not None
        await self.play.puts(1)
        await self.play.puts(2)
        return Reactions(put_on={self.play.ada: frozenset({1})})


@dataclass(slots=True)
class Play:
    app: Application
    clock: FakeClock
    space: Space
    asked: Round
    reference: str
    ada: Member

    async def puts(self, position: int) -> None:
        self.clock.advance(seconds=1)
        await react(self.app, self.space, "study", self.reference, self.ada, position, on=True)
        self.clock.advance(seconds=1)


@pytest.fixture
def store() -> str:
    """What is stored and when is the same on every database."""
    return "sqlite"


@pytest.mark.xfail(strict=True, reason="what is read counts as of the end of reading: newer answers are overwritten")
async def test_a_reaction_that_comes_while_they_are_read_is_newer_than_what_is_read(app, clock, space):
    await import_document(app, document(draft()), bank="b")
    series = await add_series(app, space, "study", Timetable(at=time(9), zone="UTC"), answer_with=AnswerWith.REACTIONS)
    asked, messenger = await ask_in_series_now(app, series.id), SlowMessenger()
    await deliver(app, {"web": messenger}, "one")
    ada = Member(space_id=space.id, external_id="ada", name="Ada")
    messenger.play = Play(app, clock, space, asked, messenger.references[question_key(asked.id)], ada)
    post = await app.storage.read(lambda unit: unit.outbox.get(question_key(asked.id)))
    await read_back(app, messenger, post)
    (answer,) = await app.storage.read(lambda unit: unit.answers.of_round(asked.id))
    assert [asked.order.index(choice) for choice in answer.choices] == [2]
