"""Answers questions as fast as it can, and prints each answer once it was acknowledged; made to be killed.

Usage: crash_child.py FILE ROUND FIRST_PLAYER
"""

import asyncio
import sys
from datetime import UTC, datetime

from bot.bootstrap import application
from bot.domain.answers import SubmitAnswer
from bot.domain.identity import Member
from bot.settings import Settings

PLAYERS = 100


async def play(app, space_id, round_id, player):
    number = 0
    while True:
        number += 1
        name = f"p{player}-{number}"
        await app.answers.submit(
            SubmitAnswer(
                round_id=round_id,
                channel="study",
                member=Member(space_id=space_id, external_id=name, name=name),
                picks=frozenset({number % 4}),
                at=datetime.now(UTC),
                event_id=name,
            )
        )
        sys.stdout.write(f"{name} {number % 4}\n")
        sys.stdout.flush()


async def main(url, round_id, first):
    async with application(Settings(database_url=url)) as app:
        round_ = await app.storage.read(lambda unit: unit.rounds.get(round_id))
        async with asyncio.TaskGroup() as players:
            for player in range(first, first + PLAYERS):
                players.create_task(play(app, round_.space_id, round_id, player))


asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
