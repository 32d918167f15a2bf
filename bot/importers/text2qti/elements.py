"""Parts a text2qti file into its elements: a sign at the beginning of a line, then text that may go on, indented."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.importers.reading.lines import Line

LETTERED = frozenset({"right", "wrong"})
TICKED = frozenset({"ticked", "unticked"})
ANSWERS = LETTERED | TICKED | {"typed", "number", "essay", "upload"}
"""The signs of what answers a question."""

_START = re.compile(
    r"""
    (?:
        (?P<question>[0-9]{1,18}\.)
      | (?P<right>\*[a-zA-Z]\))
      | (?P<wrong>[a-zA-Z]\))
      | (?P<ticked>\[\*\])
      | (?P<unticked>\[\ ?\])
      | (?P<typed>\*)
      | (?P<number>=)
      | (?P<feedback>\.\.\.)
      | (?P<praise>\+)
      | (?P<reproach>-)
      | (?P<solution>!)
      | (?P<field>(?i:
            quiz\ title | quiz\ description | title | points | text\ title | text | pick | solutions\ pick
          | points\ per\ question | shuffle\ answers | show\ correct\ answers | one\ question\ at\ a\ time
          | can['’]t\ go\ back | feedback\ is\ solution | solutions\ sample\ groups | solutions\ randomize\ groups
        ):)
    )[ \t]+(?=\S)
    | (?P<essay>_{3,})$
    | (?P<upload>\^{3,})$
    | (?P<group>GROUP)$
    | (?P<end>END_GROUP)$
    | (?P<code>`{3,})(?=[ \t]{0,9}\{)
    """,
    re.VERBOSE,
)
_PROGRAM = re.compile(r"`{3,}(?=[ \t]{0,9}\{)")
_GOES_ON = frozenset(
    {"question", "feedback", "praise", "reproach", "solution", "quiz title", "quiz description", "title", "text title"}
    | {"text", *LETTERED, *TICKED}
)
"""The signs of elements that may have several lines."""
_TAB = 4


@dataclass(slots=True)
class Element:
    """One element.

    Attributes:
        sign: the name of its sign in `_START`, or of its field; ``unknown``: the file can't have it.
        lines: its text, without the sign and the indentation.
        indent: how far further lines are indented, at least; None: as far as the first of them.
    """

    sign: str
    lines: list[Line] = field(default_factory=list)
    indent: int | None = None

    @property
    def line(self) -> int:
        """The number of its first line."""
        return self.lines[0].number

    def take(self, line: Line) -> bool:
        """Take an indented line if it belongs to the element."""
        if self.sign not in _GOES_ON:
            return False
        text = line.text.expandtabs(_TAB)
        depth = len(text) - len(text.lstrip())
        self.indent = depth if self.indent is None else self.indent
        self.lines.append(line.with_text(text[min(depth, self.indent) :]))
        return True


def elements(lines: Sequence[Line]) -> Iterator[Element]:
    """Yield the elements of a file, without its comments."""
    element: Element | None = None
    for line in _without_comments(lines):
        if not line.text:
            if element and element.sign in _GOES_ON:
                element.lines.append(line)
        elif not (line.text[0].isspace() and element and element.take(line)):
            if element:
                yield element
            element = _begun(line)
    if element:
        yield element


def _without_comments(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines without comments; of a program, only the first one."""
    fence = ""
    in_comment = False
    for line in lines:
        text = line.text
        if fence:
            fence = "" if text.startswith(fence) and not text.strip("`") else fence
        elif in_comment:
            in_comment = not text.startswith("END_COMMENT")
        elif text == "COMMENT":
            in_comment = True
        elif not text.startswith("%"):
            fence = found[0] if (found := _PROGRAM.match(text)) else ""
            yield line


def _begun(line: Line) -> Element:
    found = _START.match(line.text)
    if not found or not found.lastgroup:
        return Element("unknown", [line])
    sign = found.lastgroup
    if sign == "field":
        return Element(found["field"][:-1].lower(), [line.with_text(line.text[found.end() :])])
    return Element(sign, [line.with_text(line.text[found.end() :])], len(found[0].expandtabs(_TAB)))
