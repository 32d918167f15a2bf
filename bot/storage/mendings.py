"""How a bank's mended questions are stored: as JSON that later versions of the program can read."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.domain.drafts import FindingCode
from bot.domain.mending import Fingerprint, Mended, Mending


def stored_mending(mending: Mending) -> dict[str, Any]:
    """Return a mending as JSON."""
    return asdict(mending)


def mending_in(stored: Mapping[str, Any]) -> Mending:
    """Return the mending that was stored."""
    return Mending(
        sources=tuple(_fingerprint(one) for one in stored["sources"]),
        outcome=tuple(_mended(one) for one in stored["outcome"]),
    )


def _fingerprint(stored: Mapping[str, Any]) -> Fingerprint:
    return Fingerprint(**{**stored, "choices": tuple(stored["choices"])})


def _mended(stored: Mapping[str, Any]) -> Mended:
    told = stored["choice_explanations"]
    return Mended(
        **{
            **stored,
            "choices": tuple(stored["choices"]),
            "key": tuple(stored["key"]),
            "choice_explanations": None if told is None else tuple(told),
            "pictures": tuple(stored["pictures"]),
            "findings": tuple(FindingCode(code) for code in stored["findings"]),
        }
    )
