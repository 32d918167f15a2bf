"""Convert stored columns to responses and keys; so far all of them are integers, of the one kind there is."""

from bot.domain.kinds import KINDS
from bot.domain.responses import Key, Response

_CHOICE = KINDS["choice"]


def response_in(choices: int) -> Response:
    """Return the response in an answer's row."""
    return _CHOICE.stored_response(choices)


def key_in(key: int) -> Key:
    """Return the key in a round's or a revision's row."""
    return _CHOICE.stored_key(key)
