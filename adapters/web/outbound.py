"""Turn the core's views into what a member sees: pure functions that make values for the templates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from markupsafe import Markup

from adapters.web import markdown
from bot.domain.images import Image
from bot.domain.responses import Given, Row, Typed, positions
from bot.domain.shortening import shortened
from bot.domain.views import ControlKind, Field, Menu, MessageView, OptionView
from bot.ports import Post

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_REGIONAL_INDICATOR = 0x1F1E6
_SHORT = 120
"""How many characters of a question are enough to recognise it."""
_OTHERWISE = {ControlKind.FIELDS, ControlKind.MENUS}
"""Controls that don't answer by picking a choice: an order may happen to be shown in its right order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A refused answer: what a member typed, or picked in menus, and why it was refused, as Markdown."""

    given: Typed | Row
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One message as one member sees it.

    Attributes:
        given: what the member has given with the message's control.
        settled: the member's answer can't be changed any more.
        answered: how many have answered; None if that isn't shown.
        receipt: the member's private receipt, or the verdict.
        explains: whether it explains the choices; a question and its result would otherwise both do.
        so_far: a line about the member's standing since today's answer, as Markdown; empty: none.
        pinned: whether it is the channel's open question of the day.
        next_at: when the channel's next question comes; None: nobody has planned one.
        refused: what the member typed or picked last, if it was refused.
        back: the back of a card that the member has turned over.
        said: the member's command that the message replies to.
        is_reply: whether it is a private reply, which its reader may dismiss.
        folded: whether such a reply is folded up, because a newer one came.
    """

    post: Post
    given: Given = frozenset()
    settled: bool = False
    answered: int | None = None
    receipt: MessageView | None = None
    explains: bool = True
    so_far: str = ""
    next_at: datetime | None = None
    pinned: bool = False
    refused: Refused | None = None
    back: MessageView | None = None
    said: str = ""
    is_reply: bool = False
    folded: bool = False

    @property
    def element(self) -> str:
        """Return the id of the message's HTML element."""
        return element_id(self.post.key)

    @property
    def outcome(self) -> str:
        """Return the line of the receipt that says what became of the answer, as Markdown."""
        return self.receipt.text.partition("\n\n")[0] if self.receipt else ""

    @property
    def explanation(self) -> str:
        """Return what the receipt explains below that line, as Markdown."""
        return self.receipt.text.partition("\n\n")[2] if self.receipt and self.explains else ""

    @property
    def is_verdict(self) -> bool:
        """Whether the receipt says what was right."""
        return self.receipt is not None and bool(self.receipt.options)

    @property
    def in_short(self) -> str:
        """Return the beginning of the question, in words."""
        return shortened(markdown.words(self.post.view.text), _SHORT)

    @property
    def order(self) -> int:
        """Return the sort key in the transcript: by time, and a result before a question of the same moment."""
        microseconds = (self.post.posted_at - _EPOCH) // timedelta(microseconds=1)
        return microseconds * 2 + (self.post.reply_to is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceRow:
    """One choice as a row of a message; without a text if it is only a picture."""

    position: int
    letter: str
    sign: str
    text: Markup
    image: Image | None
    note: Markup
    mark: str
    mark_text: str
    tally: str
    percent: float | None
    picked: bool


def filled(seen: Seen) -> list[tuple[Field, str]]:
    """Return the fields of a message, each with its text: the one that was just refused, or the answer that stands."""
    fields = seen.post.view.controls.fields if seen.post.view.controls else ()
    given = seen.refused.given if seen.refused else seen.given
    texts = given if isinstance(given, tuple) else ()
    return [(field, texts[n] if n < len(texts) else "") for n, field in enumerate(fields)]


def picked(seen: Seen) -> list[tuple[Menu, int | None]]:
    """Return the menus of a message, each with its pick: the one that was just refused, or that of the answer."""
    given = seen.refused.given if seen.refused else seen.given
    picks = given.picks if isinstance(given, Row) else ()
    menus = seen.post.view.menus
    return [(menu, picks[n] if n < len(picks) else None) for n, menu in enumerate(menus)]


def element_id(key: str) -> str:
    """Return the id of the HTML element that shows the message with this key."""
    return f"m-{key}"


def sign(letter: str) -> str:
    """Return the regional indicator of a letter, shown before a choice and used as its reaction."""
    return chr(_FIRST_REGIONAL_INDICATOR + ord(letter) - ord("A"))


def judged(seen: Seen) -> list[ChoiceRow]:
    """Return a question's choices where they stand, marked as the member's verdict marks them.

    Empty if there is no verdict yet, or if it is about other things than the question's choices (typed answers, pairs).
    """
    view = seen.post.view
    picks = isinstance(seen.given, frozenset) and not (view.controls and view.controls.kind in _OTHERWISE)
    if seen.receipt is None or not picks or not _same_choices(view.options, seen.receipt.options):
        return []
    marked = tuple(
        replace(asked, mark=told.mark, mark_text=told.mark_text, note=told.note if seen.explains else "")
        for asked, told in zip(view.options, seen.receipt.options, strict=True)
    )
    return rows(replace(view, options=marked, controls=None), seen.given)


def _same_choices(asked: Sequence[OptionView], told: Sequence[OptionView]) -> bool:
    return bool(told) and [(one.letter, one.text) for one in asked] == [(one.letter, one.text) for one in told]


def rows(view: MessageView, given: Given = frozenset(), *, explains: bool = True) -> list[ChoiceRow]:
    """Return the choices of a message, with the picked ones marked."""
    reactions = view.controls is not None and view.controls.kind is ControlKind.REACTIONS
    return [
        ChoiceRow(
            position=position,
            letter=option.letter,
            sign=sign(option.letter) if reactions else "",
            text=Markup() if option.picture_alone else markdown.choice(option.text),
            image=option.image,
            note=markdown.blocks(option.note) if option.note and explains else Markup(),
            mark=option.mark.value,
            mark_text=option.mark_text,
            tally=option.tally,
            percent=None if option.share is None else round(option.share * 100, 1),
            picked=position in positions(given),
        )
        for position, option in enumerate(view.options)
    ]
