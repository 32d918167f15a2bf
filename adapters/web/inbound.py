"""What a browser sends, as the core understands it: pure functions."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from bot.domain.answers import SubmitAnswer
from bot.domain.errors import BadInput
from bot.domain.identity import Member, RoundId
from bot.domain.lookalikes import without_ignorable
from bot.domain.names import chosen
from bot.domain.responses import Given
from bot.i18n import gettext as _
from bot.i18n import ngettext

LONGEST_NAME = 32
LONGEST_MESSAGE = 500

_JOINERS = {"\u200c", "\u200d"}
"""Zero-width (non-)joiners: invisible by themselves, but Persian and family emoji need them inside a name."""


def clean_name(text: str) -> str:
    """A name as it is shown: composed, on one line, without what nobody sees.

    Raises:
        BadInput: nothing visible is left, it is too long, or it looks like the bot's own.
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
    """The member's id in the room, which names that differ only in their case or in what nobody sees share."""
    return without_ignorable(_visible(unicodedata.normalize("NFKC", name).casefold(), keep=set()))


def _visible(text: str, keep: set[str]) -> str:
    """Without control, format, surrogate and private-use characters; white space collapsed."""
    spaced = re.sub(r"\s+", " ", text)
    return "".join(c for c in spaced if c in keep or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"}).strip()


def clean_message(text: str) -> str:
    """What was typed into the message box, on one line.

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
    """The round that an address names.

    Raises:
        BadInput: it can't be one.
    """
    return RoundId(_number(text, below=2**63))


def picks(values: Iterable[str]) -> Given:
    """The positions that a form names, whether or not the round has them.

    Raises:
        BadInput: they aren't positions.
    """
    return frozenset(_number(value, below=1_000) for value in values)


def _number(text: str, below: int) -> int:
    if not re.fullmatch(r"[0-9]{1,19}", text) or int(text) >= below:
        raise BadInput(_("This page is out of date. Please reload it."))
    return int(text)


def submission(
    member: Member, *, channel: str, round_id: RoundId, given: Given, at: datetime, event_id: str
) -> SubmitAnswer:
    """A click in the room, which has no clock but the server's."""
    return SubmitAnswer(round_id=round_id, channel=channel, member=member, given=given, at=at, event_id=event_id)
