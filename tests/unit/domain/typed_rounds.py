"""A round whose question is answered by typing."""

from bot.domain.rounds import AnswerWith, Reveal, Round
from bot.testing import A_MONDAY


def a_round(kind, key=None, **changes):
    given = {
        "id": 7,
        "space_id": 1,
        "league_id": 1,
        "channel": "study",
        "question_id": 3,
        "revision": 1,
        "key": kind.no_key if key is None else key,
        "select": 1,
        "order": (),
        "reveal": Reveal.AT_CLOSE,
        "answer_with": AnswerWith.BUTTONS,
        "opened_at": A_MONDAY,
        "closes_at": None,
        "kind": kind.name,
    }
    return Round(**{**given, **changes})
