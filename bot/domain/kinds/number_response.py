"""The number that somebody typed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from bot.domain.decimals import exactly, written
from bot.domain.identity import ChoiceId
from bot.domain.kinds import numerals
from bot.domain.responses import Given, Response
from bot.i18n import gettext as _

_as_json = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Number(Response):
    """The number that somebody typed; empty if the answer was taken back.

    It equals only numbers that were typed in the same way, so that nobody is told what somebody else typed.

    Attributes:
        typed: what was typed, on one line.
        values: what it can mean, the likeliest meaning first; most have one, ``1,234`` has two.
        unit: the unit, as typed; empty: none.
    """

    typed: str = ""
    values: tuple[Fraction, ...] = ()
    unit: str = ""

    def __bool__(self) -> bool:
        return bool(self.values)

    def __hash__(self) -> int:
        return hash(self.typed)

    def __str__(self) -> str:
        return f"number {self.typed!r}"

    @property
    def stored(self) -> int | str:
        """The number in normal form; as JSON if it was typed in another way."""
        return _stored(self) if self else 0

    def given(self, _order: Sequence[ChoiceId]) -> Given:
        """The line that was typed."""
        return (self.typed,)

    def spelled(self, _order: Sequence[ChoiceId]) -> tuple[str, ...]:
        """The number in normal form, with its unit."""
        return (self._plain,) if self else ()

    def texts(self, _choices: Mapping[ChoiceId, str]) -> tuple[str, ...]:
        """The number as it was typed."""
        return (self.typed,) if self else ()

    @property
    def understood(self) -> str:
        """How the number was read: ``3.5 (you typed 3,5)``. It tells nothing of the key."""
        return self._told(self._plain)

    def understood_as(self, value: Fraction) -> str:
        """How the number was read, if this is what it means."""
        return self._told(self._with_unit(written(value)))

    @property
    def _plain(self) -> str:
        likeliest, *others = map(written, self.values)
        if not others or self.typed.startswith(likeliest):  # the other meaning would only puzzle
            return self._with_unit(likeliest)
        return self._with_unit(_("{one} or {other}").format(one=likeliest, other=others[0]))

    def _with_unit(self, plain: str) -> str:
        return f"{plain} {self.unit}" if self.unit else plain

    def _told(self, plain: str) -> str:
        if plain == self.typed:
            return plain
        return _("{understood} (you typed {typed})").format(understood=plain, typed=self.typed)


@lru_cache(maxsize=4_096)
def number_in(line: str) -> Number:
    """Return the number in a line that somebody typed; the empty one if there is none."""
    numeral = numerals.read(line)
    return Number(line, numeral.values, numeral.unit) if numeral else Number()


@lru_cache(maxsize=4_096)
def stored_number(stored: str) -> Number:
    """Return the number for its stored form; whatever numbers are read like by now, it means what it meant."""
    if not stored.startswith("{"):
        return Number(stored, (exactly(stored),))
    told = json.loads(stored)
    return Number(told["typed"], tuple(map(exactly, told["values"])), told.get("unit", ""))


@lru_cache(maxsize=4_096)
def _stored(number: Number) -> str:
    values = [written(value) for value in number.values]
    if values == [number.typed]:
        return number.typed
    told = {"typed": number.typed, "values": values} | ({"unit": number.unit} if number.unit else {})
    return _as_json(told)
