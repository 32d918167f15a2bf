"""How a message looks on a platform, as parts that a page can show. Their texts are plain: no sign in them is markup.

An adapter offers a `Preview` as an entry point in the group ``quizbot.previews``. It makes the look from the very
message that the adapter would send, so that a page shows what people will see. It loads no platform's library.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.domain.views import MessageView


class Style(StrEnum):
    """How a piece of text differs from the text around it."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINED = "underlined"
    STRUCK = "struck"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that is in the same styles throughout."""

    text: str
    styles: frozenset[Style] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text; without runs an empty one.

    Attributes:
        bullet: what stands before an item of a list; empty: it isn't one.
        level: how deep the line stands in lists.
        quoted: whether it is set off as a quotation.
        small: whether it is small print.
    """

    kind: ClassVar[str] = "line"
    runs: tuple[Run, ...] = ()
    bullet: str = ""
    level: int = 0
    quoted: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a message."""

    kind: ClassVar[str] = "title"
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Lines of code in a frame of their own."""

    kind: ClassVar[str] = "code"
    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the message: its alt text, and the digest that is its name in storage; empty: it is yet to paint."""

    kind: ClassVar[str] = "picture"
    alt: str
    digest: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that the message brings, other than its pictures."""

    kind: ClassVar[str] = "attached"
    name: str


@dataclass(frozen=True, slots=True)
class Pressable:
    """A button; ``main``: in the colour of the one that matters."""

    label: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons in a row."""

    kind: ClassVar[str] = "buttons"
    buttons: tuple[Pressable, ...]


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes to tick, one below the other."""

    kind: ClassVar[str] = "boxes"
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dropdown:
    """A menu that nobody has opened yet: it says what to do."""

    kind: ClassVar[str] = "dropdown"
    prompt: str


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that a platform shows together, in a frame or apart from what is around them."""

    kind: ClassVar[str] = "group"
    parts: tuple["Part", ...]


Part = Line | Title | Code | Picture | Attached | Buttons | Boxes | Dropdown | Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a platform shows a view: as one message or, if it is too long for that, as several."""

    platform: str
    messages: tuple[tuple[Part, ...], ...]


Preview = Callable[[MessageView], Look]
"""Makes the look of a view that asks a question or tells its result."""
