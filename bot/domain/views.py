"""What the bot says, before a platform gives it its looks.

Texts are Markdown (code, emphasis, lists, links aside); names of people and things that were typed in are
already escaped. Adapters turn a view into embeds, blocks or HTML, and never add words of their own.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.identity import PlayerId
from bot.domain.images import Image


class Mark(StrEnum):
    """What a revealed choice is; shown in words and by a sign, never by colour alone."""

    NONE = ""
    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """One choice as shown, in the round's order.

    Attributes:
        letter: stands before it.
        mark: what it turned out to be, once that may be told; ``mark_text`` says it in words.
        note: why it is right or wrong, once that may be told.
        tally: how many chose it, in words; ``share`` the same as a part of 1, for a bar. None: not told.
    """

    letter: str
    text: str
    mark: Mark = Mark.NONE
    mark_text: str = ""
    note: str = ""
    tally: str = ""
    share: float | None = None


class ControlKind(StrEnum):
    """How a reader answers."""

    BUTTONS = "buttons"
    SELECT = "select"
    REACTIONS = "reactions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """The means to answer a round: one for each option, in the same order."""

    kind: ControlKind
    round_id: int
    fewest: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part of a message.

    Attributes:
        players: who is named in each line of the text, None: nobody; such a line begins with ``- NAME:``.
    """

    title: str
    text: str
    players: tuple[PlayerId | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under headings, the first cell of each row naming it.

    Attributes:
        players: whose name each row's second cell is, None: nobody's.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    players: tuple[PlayerId | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """One message, public or private.

    Attributes:
        image: the picture between text and options; its alt text goes wherever it goes, and whomever it names the
            message names, too.
        closes_at: when the round closes; each platform shows it in the reader's own zone.
        hint: one short line under the options ("Choose 2").
        footer: one short line at the end.
        discussion: the name of a thread to open under the message, plain text; empty: none.
    """

    title: str = ""
    text: str = ""
    image: Image | None = None
    options: tuple[OptionView, ...] = ()
    hint: str = ""
    controls: Controls | None = None
    sections: tuple[Section, ...] = ()
    table: Table | None = None
    closes_at: datetime | None = None
    footer: str = ""
    discussion: str = ""
