"""The spellings of a short text that are right."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.domain.accepted import NearMiss
from bot.domain.identity import ChoiceId
from bot.domain.kinds.short_response import ShortAnswer
from bot.domain.kinds.spellings import Judgement, Spellings
from bot.domain.kinds.typed_key import TypedKey
from bot.domain.responses import Response
from bot.i18n import gettext as _


@dataclass(frozen=True)
class ShortKey(Spellings, TypedKey):
    """The spellings of a short text that are right; none if the right answer is unknown."""

    def __bool__(self) -> bool:
        return bool(self.accepted)

    @property
    def stored(self) -> int | str:
        """The spellings as JSON, with near misses even if none is known."""
        return _stored(self) if self != ShortKey() else 0

    def is_right(self, response: Response) -> bool:
        """Whether a text is an accepted spelling or a slip of one."""
        return judgement(self, response).accepted is not None

    def understood(self, response: Response) -> str:
        """What a text stands for, for somebody who may know the key: ``Lambda (you typed Lamda)``."""
        told, typed = judgement(self, response), typed_text(response).text
        if not told.is_slip:
            return typed
        return _("{understood} (you typed {typed})").format(understood=told.accepted, typed=typed)

    def hint(self, response: Response) -> str:
        """What the bank says to somebody who gave this near miss; empty: nothing."""
        return judgement(self, response).hint

    def spelled(self, _order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The spellings, best first."""
        return self.accepted


def typed_text(response: Response) -> ShortAnswer:
    """Return a response as a short text.

    Raises:
        TypeError: it belongs to another kind.
    """
    if not isinstance(response, ShortAnswer):
        raise TypeError(f"{response!r} doesn't answer a question with a short answer")
    return response


def judgement(key: ShortKey, response: Response) -> Judgement:
    """Judge a response.

    Raises:
        TypeError: it belongs to another kind.
    """
    return _judged(key, typed_text(response).text)


def is_unknown(key: ShortKey, text: str) -> bool:
    """Whether there is a text that a key neither accepts nor knows for a near miss."""
    told = _judged(key, text)
    return bool(text) and told.accepted is None and not told.hint


@lru_cache(maxsize=1_000)
def stored_short_key(stored: str) -> ShortKey:
    """Return the key for its stored form; what this version doesn't know in it is passed over."""
    return key_told(json.loads(stored))


def key_told(told: Mapping[str, Any]) -> ShortKey:
    """Return the key that `told_key` turned into these values."""
    near_misses = tuple(NearMiss(text=near["text"], hint=near["hint"]) for near in told.get("near_misses", ()))
    return ShortKey(tuple(told["accepted"]), told.get("exact", False), near_misses)


def told_key(key: ShortKey) -> dict[str, Any]:
    """Return what a key accepts, as values that JSON can hold."""
    near_misses = [{"text": near.text, "hint": near.hint} for near in key.near_misses]
    return {"accepted": key.accepted, "exact": key.exact, "near_misses": near_misses}


@lru_cache(maxsize=1_000)
def _stored(key: ShortKey) -> str:
    return json.dumps(told_key(key), ensure_ascii=False)


@lru_cache(maxsize=4_096)
def _judged(key: ShortKey, text: str) -> Judgement:
    return key.judged(text)
