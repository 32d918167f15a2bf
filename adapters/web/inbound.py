"""Turn what a browser sends into the core's values: pure functions."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain.answers import SubmitAnswer
from bot.domain.errors import BadInput
from bot.domain.identity import Member, RoundId
from bot.domain.lookalikes import without_ignorable
from bot.domain.names import chosen
from bot.domain.responses import Given, Positions, Row, Typed
from bot.domain.views import LONGEST_TYPED, MOST_FIELDS
from bot.i18n import gettext as _
from bot.i18n import ngettext

LONGEST_NAME = 32
LONGEST_MESSAGE = 500

_JOINERS = {"\u200c", "\u200d"}
"""Zero-width (non-)joiners: invisible by themselves, but Persian and family emoji need them inside a name."""


def clean_name(text: str) -> str:
    """Clean a name for showing: composed, on one line, without invisible characters.

    Raises:
        BadInput: the name has nothing visible, is too long, or looks like the bot's own.
    """
    name = chosen(text)
    if len(name) > LONGEST_NAME:
        raise BadInput(
            ngettext(
                "Please choose a shorter name: at most {most} character.",
                "Please choose a shorter name: at most {most} characters.",
                LONGEST_NAME,
            ).format(most=LONGEST_NAME)
        )
    return name


def fold_name(name: str) -> str:
    """Return a member's id in the room: names that differ only in case or invisible characters share it."""
    return without_ignorable(_visible(unicodedata.normalize("NFKC", name).casefold(), keep=set()))


def _visible(text: str, keep: set[str]) -> str:
    """Remove control, format, surrogate and private-use characters, and collapse white space."""
    spaced = re.sub(r"\s+", " ", text)
    return "".join(c for c in spaced if c in keep or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"}).strip()


def clean_message(text: str) -> str:
    """Clean what was typed into the message box, and put it on one line.

    Raises:
        BadInput: it is too long.
    """
    message = _visible(text, keep=_JOINERS)
    if len(message) > LONGEST_MESSAGE:
        raise BadInput(
            _("That is too long for the message box: it takes {most} characters at most.").format(most=LONGEST_MESSAGE)
        )
    return message


def round_id(text: str) -> RoundId:
    """Read the round's id from an address.

    Raises:
        BadInput: it isn't an id.
    """
    return RoundId(_number(text, below=2**63))


def picks(values: Iterable[str]) -> Positions:
    """Read the picked positions from a form, unchecked against the round.

    Raises:
        BadInput: they aren't positions.
    """
    return frozenset(_number(value, below=1_000) for value in values)


def typed(values: Sequence[str]) -> Typed:
    """Read what was typed into a question's fields, in their order, unchecked against the round.

    Raises:
        BadInput: there are too many fields, or a text is too long.
    """
    if len(values) > MOST_FIELDS:
        raise BadInput(_("This page is out of date. Please reload it."))
    if max(map(len, values), default=0) > LONGEST_TYPED:
        raise BadInput(
            _("That is too long for the field: it takes {most} characters at most.").format(most=LONGEST_TYPED)
        )
    return tuple(values)


def row(values: Sequence[str]) -> Row:
    """Read what was picked in a question's menus, in their order, unchecked against the round.

    Raises:
        BadInput: there are too many menus, or what was picked isn't a position.
    """
    if len(values) > MOST_FIELDS:
        raise BadInput(_("This page is out of date. Please reload it."))
    return Row(tuple(_number(value, below=1_000) if value else None for value in values))


def _number(text: str, below: int) -> int:
    if not re.fullmatch(r"[0-9]{1,19}", text) or int(text) >= below:
        raise BadInput(_("This page is out of date. Please reload it."))
    return int(text)


def submission(
    member: Member, *, channel: str, round_id: RoundId, given: Given, at: datetime, event_id: str
) -> SubmitAnswer:
    """Turn a click into the core's `SubmitAnswer`, with the server's time."""
    return SubmitAnswer(round_id=round_id, channel=channel, member=member, given=given, at=at, event_id=event_id)
