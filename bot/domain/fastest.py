"""Find the players who answered right the fastest."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from bot.domain.answers import Answer
from bot.domain.identity import PlayerId
from bot.domain.reactions import was_read_back
from bot.domain.rounds import Round

NAMED = 3
FEWEST = 2
"""How many answers it takes before anybody is named the fastest."""


def fastest(round_: Round, answers: Sequence[Answer], eligible: Collection[PlayerId]) -> dict[PlayerId, timedelta]:
    """Return the fastest players who were right and may be named, with their times since the question was opened.

    A time is the platform's time of the answer that counts. An answer whose reaction was read back after an absence has
    none, so it is left out. Nobody is named if fewer than `FEWEST` answered, or if the round is private.
    """
    if round_.private_to is not None or len(answers) < FEWEST:
        return {}
    timed = [
        answer
        for answer in answers
        if answer.grade and answer.grade.right and answer.player_id in eligible and not was_read_back(answer.event_id)
    ]
    first = sorted(timed, key=lambda answer: (answer.at, answer.event_id))[:NAMED]
    return {answer.player_id: answer.at - round_.opened_at for answer in first}
