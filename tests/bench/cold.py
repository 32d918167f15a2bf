"""``python -m tests.bench.cold FILE``: start on a database, acknowledge one answer, stop."""

import asyncio
import sys

from bot.bootstrap import application
from bot.domain.answers import AnswerStatus, SubmitAnswer
from bot.domain.identity import Member, RoundId
from bot.settings import Settings


async def main(path: str) -> None:
    """Answer the newest open round as a known player."""
    async with application(Settings(database_url=f"sqlite+aiosqlite:///{path}")) as app:
        space = await app.storage.read(lambda unit: unit.spaces.known_as("web", "local"))
        assert space is not None
        outcome = await app.answers.submit(
            SubmitAnswer(
                round_id=RoundId(9_999),
                channel="study",
                member=Member(space_id=space.id, external_id="m17", name="Member 17"),
                given=frozenset({1}),
                at=app.clock.now(),
                event_id="cold",
            )
        )
        assert outcome.status is AnswerStatus.SAVED, outcome


asyncio.run(main(sys.argv[1]))
