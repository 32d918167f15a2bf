"""Turn Markdown into Slack's mrkdwn, in pieces that fit a block: code, emphasis, lists and web addresses.

All else stays as typed.

Formulas become code, because Slack shows none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from markdown_it.tree import SyntaxTreeNode

from adapters.slack.text.spelling import spelled
from adapters.slack.text.styled import NOTHING, Run, entities, halves, rendered
from bot.domain.typed import MARK, Mention, has_marks, read_mark
from bot.rendering.fixed_width import aligned
from bot.rendering.markdown import parser

SECTION_LIMIT = 3_000

_markdown = parser()

_MARKS = re.compile(f"({MARK})")
_ID = re.compile(r"[A-Z0-9]{1,64}")

_FENCE = "```"


@dataclass(frozen=True, slots=True)
class _Prose:
    """A paragraph or a list item; ``lead`` goes before its text."""

    runs: tuple[Run, ...]
    lead: str = ""
    in_list: bool = False

    def fitted(self, limit: int) -> list[str]:
        """Return the paragraph, split if it is too long."""
        text = self.lead + rendered(self.runs)
        if len(text) <= limit:
            return [text]
        first, second = halves(self.runs)
        return [*replace(self, runs=first).fitted(limit), *replace(self, runs=second, lead="").fitted(limit)]


@dataclass(frozen=True, slots=True)
class _Code:
    """Lines of code."""

    text: str
    in_list: bool = True  # no blank line around it: its frame sets it off enough

    def fitted(self, limit: int) -> list[str]:
        """Return the code, split if it is too long, between lines if possible; each part has its own frame."""
        text = f"{_FENCE}\n{entities(self.text).replace(_FENCE, NOTHING.join(_FENCE))}\n{_FENCE}"
        if len(text) <= limit:
            return [text]
        middle = self.text.rfind("\n", 1, len(self.text) // 2) + 1 or len(self.text) // 2
        halves = self.text[:middle].removesuffix("\n"), self.text[middle:]
        return [part for half in halves for part in _Code(half).fitted(limit)]


_Unit = _Prose | _Code


def pieces(markdown: str, limit: int = SECTION_LIMIT, *, lead: str = "") -> list[str]:
    """Turn a text into mrkdwn, in as few pieces of at most ``limit`` characters as possible; none ends inside markup.

    ``lead`` is mrkdwn that goes before it, such as a title.
    """
    return _packed(_units(SyntaxTreeNode(_markdown.parse(markdown)), lead), limit)


def choice(markdown: str, lead: str) -> list[str]:
    """Turn a choice into mrkdwn after its letter (``lead``); a single line is never a list, however it begins."""
    return _packed(_units(_parsed_choice(markdown), lead), SECTION_LIMIT)


def _parsed_choice(markdown: str) -> SyntaxTreeNode:
    return SyntaxTreeNode((_markdown.parse if "\n" in markdown else _markdown.parseInline)(markdown))


def _packed(units: Iterable[_Unit], limit: int) -> list[str]:
    packed: list[str] = []
    before: _Unit | None = None
    for unit in units:
        for text in unit.fitted(limit):
            gap = "\n" if before is None or before.in_list or unit.in_list else "\n\n"
            if packed and len(packed[-1]) + len(gap) + len(text) <= limit:
                packed[-1] += gap + text
            else:
                packed.append(text)
            before = unit
    return packed


def inline(markdown: str) -> str:
    """Turn a short text into mrkdwn, in one piece."""
    return "\n".join(pieces(markdown, limit=10**6))


def visible(markdown: str) -> str:
    """Return a text without any markup, for places where Slack shows it literally."""
    units = _units(_parsed_choice(markdown), "")
    return "\n".join(
        unit.text if isinstance(unit, _Code) else unit.lead + "".join(run.text for run in unit.runs) for unit in units
    )


def framed(code: str, limit: int = SECTION_LIMIT) -> list[str]:
    """Frame lines of code, in pieces of at most ``limit`` characters."""
    return _Code(code).fitted(limit)


def unmarked(text: str) -> str:
    """Make a plain text safe for places where Slack reads markup: it is shown as it is."""
    return rendered([Run(spelled(text))])


def _units(node: SyntaxTreeNode, lead: str, *, in_list: bool = False) -> Iterator[_Unit]:
    if node.type in {"paragraph", "inline"}:
        yield _Prose(tuple(_runs(node.children[0] if node.type == "paragraph" else node)), lead, in_list)
    elif node.type in {"bullet_list", "ordered_list"}:
        yield from _items(node, lead)
    elif node.type == "root":
        for position, child in enumerate(node.children):
            yield from _units(child, "" if position else lead)
    else:
        if lead.strip():
            yield _Prose((), lead.rstrip(), in_list=True)
        yield _Code(_table(node) if node.type == "table" else spelled(node.content).removesuffix("\n"))


def _table(node: SyntaxTreeNode) -> str:
    return aligned([[_plain(cell) for cell in row.children] for part in node.children for row in part.children])


def _items(list_: SyntaxTreeNode, lead: str) -> Iterator[_Unit]:
    if lead.strip():
        yield _Prose((), lead.rstrip(), in_list=True)
    indent = "" if lead.strip() else lead
    first = int(list_.attrs.get("start", 1))
    for number, item in enumerate(list_.children, start=first):
        bullet = f"{number}. " if list_.type == "ordered_list" else "• "
        for position, child in enumerate(item.children):
            yield from _units(child, indent + (bullet if position == 0 else " " * len(bullet)), in_list=True)


def _plain(cell: SyntaxTreeNode) -> str:
    return "".join(run.text for child in cell.children for run in _runs(child))


def _runs(inline_: SyntaxTreeNode) -> Iterator[Run]:
    """Yield the runs of an inline node; neighbours of the same style are joined, except code and addresses."""
    for style, same in groupby(_each(inline_, Run("")), key=lambda run: replace(run, text="")):
        texts = [run.text for run in same]
        yield from (replace(style, text=text) for text in (texts if style.code or style.link else ["".join(texts)]))


def _each(node: SyntaxTreeNode, style: Run) -> Iterator[Run]:
    if node.type in {"softbreak", "hardbreak"}:
        yield replace(style, text="\n")
    elif node.type in {"code_inline", "formula"}:
        yield replace(style, text=spelled(node.content), code=True)
    elif node.type == "address":
        yield replace(style, text=node.content, link=True)
    elif node.children:
        style = replace(style, bold=style.bold or node.type == "strong", italic=style.italic or node.type == "em")
        for child in node.children:
            yield from _each(child, style)
    elif has_marks(node.content):
        yield from (_spelled(part, style) for part in _MARKS.split(node.content))
    elif node.content:
        yield replace(style, text=node.content)


def _spelled(part: str, style: Run) -> Run:
    """Return a part of a text, or a mark in it, as a run."""
    marked = read_mark(part) if part else None
    if isinstance(marked, Mention) and _ID.fullmatch(marked.id):
        return Run(f"<{'!subteam^' if marked.is_group else '@'}{marked.id}>", ready=True)
    return replace(style, text=spelled(part))
