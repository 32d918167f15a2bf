"""Responses and keys as columns hold them: so far the integers of the one kind there is."""

from bot.domain.kinds import KINDS
from bot.domain.responses import Key, Response

_CHOICE = KINDS["choice"]


def response_in(choices: int) -> Response:
    """The response of an answer's row."""
    return _CHOICE.stored_response(choices)


def key_in(key: int) -> Key:
    """The key of a round's or a revision's row."""
    return _CHOICE.stored_key(key)
