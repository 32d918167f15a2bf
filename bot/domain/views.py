"""What the bot says, before an adapter turns it into a platform's message.

Texts are Markdown (code, emphasis, lists, links aside); names of people and things that were typed in are
already escaped. Adapters turn a view into embeds, blocks or HTML, and never add words of their own.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.identity import PlayerId
from bot.domain.images import Image
from bot.domain.own_chart import OwnChart
from bot.domain.typed import Typed


class Mark(StrEnum):
    """Whether a revealed choice is right or wrong; shown in words and by a sign, never by colour alone."""

    NONE = ""
    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """One choice as shown, in the round's order.

    Attributes:
        letter: shown before the choice; empty: none. An open question shows an option without a letter on its button
            alone, in words.
        mark: whether it is right, once that may be told; ``mark_text`` says it in words.
        note: why the choice is right or wrong, once that may be told.
        image: the choice's own picture, with its alt text.
        picture_alone: whether the picture is all of the choice; the text then says what it shows, for places that show
            no pictures.
        picture_above: whether a message above shows the picture already, as the question does above its result.
        tally: how many chose it, in words; ``share`` the same from 0 to 1, for a bar. None: not shown.
    """

    letter: str
    text: str
    mark: Mark = Mark.NONE
    mark_text: str = ""
    note: str = ""
    tally: str = ""
    share: float | None = None
    image: Image | None = None
    picture_alone: bool = False
    picture_above: bool = False

    def __hash__(self) -> int:
        """Hash what tells options apart: adapters look up what they made of a receipt for every click."""
        return hash(self.text)

    @property
    def label(self) -> str:
        """What the option's button says: its letter or, without one, its words."""
        return self.letter or self.text


class ControlKind(StrEnum):
    """How a reader answers.

    ``CARD`` is a button that shows the back of a card to whoever clicks it, with a button for each option below it.
    """

    BUTTONS = "buttons"
    SELECT = "select"
    REACTIONS = "reactions"
    FIELDS = "fields"
    MENUS = "menus"
    CARD = "card"


LONGEST_LABEL = 45
"""The most characters of a field's label, because platforms' forms take no more."""

MOST_FIELDS = 5
"""The most fields or menus of a control, because platforms' forms take no more."""

LONGEST_TYPED = 300
"""The most characters that a field takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field to type an answer into.

    Attributes:
        label: what to type, at most `LONGEST_LABEL` characters of plain text.
        numeric: whether a number is wanted, so that a phone can show digits.
        longest: the most characters that it takes, at most `LONGEST_TYPED`.
    """

    label: str
    numeric: bool = False
    longest: int = LONGEST_TYPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """A menu to pick one option from, on its own or in a row of menus.

    Attributes:
        label: what the option is picked for, as Markdown.
        options: what it offers; positions count them from 0.
    """

    label: str
    options: tuple[OptionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """The controls that answer a round: one for each option, in the same order, or fields to type into, or menus.

    Attributes:
        fewest: the fewest options, or filled fields or menus, that make an answer; ``most`` the most.
        fields: what `ControlKind.FIELDS` shows, at once or behind a button.
        first_counts: whether an answer can't be changed, so that nobody should give one by accident.
        arranging: the message's hint where its options are shown as a list to rearrange, as Markdown; empty: an answer
            isn't an order of all options.
    """

    kind: ControlKind
    round_id: int
    fewest: int
    most: int
    fields: tuple[Field, ...] = ()
    first_counts: bool = False
    arranging: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button that runs a command as if its reader had typed it.

    Attributes:
        label: plain text unlike all others in the message, because buttons may be shown apart from their section.
        command: at most `LONGEST_COMMAND` characters if it is spelled as a line of text.
    """

    label: str
    command: Typed


LONGEST_COMMAND = 95
"""The most characters of a button's command, because platforms keep it in the button's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """What somebody is told before a command that can't be undone.

    Attributes:
        title: what they are asked, as Markdown.
        text: what will happen, as Markdown. It says the same until something else would happen.
        yes: what the button that goes on says, in plain text.
    """

    title: str
    text: str
    yes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormOption:
    """One of the values that a form's field offers; ``about`` says in a line what it means."""

    value: str
    label: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A field of a form for a command: a text or, with options, one of these.

    Attributes:
        name: the command's option that it fills in.
        label: at most `LONGEST_LABEL` characters of plain text.
        hint: what to write, in a line of at most `LONGEST_HINT` characters of plain text.
        value: what it holds at first.
        longest: the most characters that it takes.
        lines: whether it takes several lines.
    """

    name: str
    label: str
    hint: str = ""
    value: str = ""
    longest: int = 0
    lines: bool = False
    required: bool = False
    options: tuple[FormOption, ...] = ()


LONGEST_HINT = 100
"""The most characters of a field's hint, because platforms' forms take no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form that runs a command with what was filled in, as if its reader had typed it.

    Attributes:
        title: at most 24 characters of plain text.
        submit: what its button says.
        command: with its other options; at most `LONGEST_COMMAND` characters if it is spelled as a line of text.
        fields: at most `MOST_FIELDS`.
    """

    title: str
    submit: str
    command: Typed
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part of a message.

    Attributes:
        players: the player named in each line of the text (``- NAME: …`` or ``- NAME``); None: nobody.
        buttons: what the reader may do about it, if only they see the message.
    """

    title: str
    text: str
    players: tuple[PlayerId | None, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under headings, the first cell of each row naming it.

    Attributes:
        players: the player named in each row's second cell; None: nobody.
        enough: how many of the first columns are enough where tables are lines of text, which a phone would wrap; None:
            all of them are needed.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    players: tuple[PlayerId | None, ...] = ()
    enough: int | None = None

    @property
    def in_text(self) -> tuple[tuple[str, ...], ...]:
        """The headings and rows, of those columns that are enough."""
        return tuple(row[: self.enough] for row in (self.columns, *self.rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """One message, public or private.

    Attributes:
        image: the picture between text and options, with its alt text; the message also names everybody whom the
            picture names.
        chart: a picture of its reader's own answers, for platforms whose private replies can show one to them alone.
        menus: what `ControlKind.MENUS` shows, at once or behind a button.
        closes_at: when the round closes; each platform shows it in the reader's own time zone.
        answer_by: until when an answer saves the reader's streak.
        next_at: when the next question of the same series comes, as was known when this one closed.
        hint: one short line under the options ("Choose 2").
        footer: one short line at the end.
        calls: whom the message notifies when it is posted, as in `bot.domain.series.Series.mention`; empty: nobody.
        discussion: the name of a thread to open under the message, as plain text; empty: none.
        asked: the question that a result is about, as Markdown, for platforms where a result may stand far from it.
        outcome: what was right, of a question that has closed, for platforms where its result may stand far from it.
        mark: whether its reader's answer was right, if the message tells; partly right is neither.
        refuses: whether the message says why an answer, or what was filled in, was refused; if so, a form stays open.
        form: a form that its reader fills in; platforms that open forms show nothing else of the message.
        mistakes: what is wrong in which field of a form that was refused, in plain text.
    """

    title: str = ""
    text: str = ""
    image: Image | None = None
    chart: OwnChart | None = None
    options: tuple[OptionView, ...] = ()
    hint: str = ""
    controls: Controls | None = None
    menus: tuple[Menu, ...] = ()
    sections: tuple[Section, ...] = ()
    table: Table | None = None
    closes_at: datetime | None = None
    answer_by: datetime | None = None
    next_at: datetime | None = None
    footer: str = ""
    calls: str = ""
    discussion: str = ""
    asked: str = ""
    outcome: str = ""
    mark: Mark = Mark.NONE
    refuses: bool = False
    form: Form | None = None
    mistakes: tuple[tuple[str, str], ...] = ()

    @property
    def listed(self) -> tuple[OptionView, ...]:
        """The options to show in the message itself: all but those that only their buttons say."""
        return tuple(option for option in self.options if option.letter or self.controls is None)
