"""Write questions and the bot's own texts in Discord's Markdown: code, emphasis, lists, web addresses, nothing else.

Formulas become code, because Discord shows none.

Discord reads more into a text than Markdown does (spoilers, headings, quotes, mentions, links), and pairs signs over
the whole message. So texts are parsed, then written out again with every accidental sign escaped.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it.token import Token

from bot.domain.shortening import shortened
from bot.rendering import fixed_width
from bot.rendering.markdown import parser

_parser = parser()

_READ_INTO = re.compile(r"[\\*_`<\[]|~~|\|\||://")
_LANGUAGE = re.compile(r"[\w+#.-]{1,20}")
_REMEMBERED = 4096
"""How many rendered texts to keep: clicks show the same few again and again."""

_WIDEST_CELL = 24


@lru_cache(_REMEMBERED)
def blocks(text: str) -> str:
    """Render a text of one or more paragraphs."""
    return "\n\n".join(_Writer().write(_parser.parse(text)))


@lru_cache(_REMEMBERED)
def inline(text: str) -> str:
    """Render a text within a line, such as a title."""
    return "".join(_spans(token) for token in _parser.parseInline(" ".join(text.split())))


@lru_cache(_REMEMBERED)
def plain(text: str) -> str:
    """Return only the words, on one line, for places where Discord reads no Markdown."""
    return " ".join(" ".join(_words(_parser.parse(text))).split())


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.children:
            yield "".join(child.content or (" " if child.type.endswith("break") else "") for child in token.children)
        else:
            yield token.content


def code_block(text: str, language: str = "") -> str:
    """Put text in a code block; a fence inside the text can't end it."""
    inside = text.rstrip("\n").replace("```", "`\u200b`\u200b`")
    return f"```{language if _LANGUAGE.fullmatch(language) else ''}\n{inside}\n```"


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Lay out rows as columns in a code block: figures aligned right, words and first cells left."""
    cells = [[shortened(plain(cell), _WIDEST_CELL) for cell in row] for row in rows]
    return code_block(fixed_width.aligned(cells, figures_right=True))


def _spans(token: Token) -> str:
    written: list[str] = []
    for child in token.children or ():
        match child.type:
            case "code_inline" | "formula":
                written.append(code(child.content))
            case "address":
                written.append(f"<{child.content}>")  # so that Discord reads nothing else into it, and shows no preview
            case "strong_open" | "strong_close":
                written.append("**")
            case "em_open" | "em_close":
                written.append("*")
            case "softbreak" | "hardbreak":
                written.append("\n")
            case _:
                written.append(escaped(child.content, begins=not written or written[-1] == "\n"))
    return "".join(written)


def code(text: str) -> str:
    """Render a piece of code within a line."""
    runs = {len(run) for run in re.findall(r"`+", text)}
    fence = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    return f"{fence} {text} {fence}" if runs else f"`{text}`"


def escaped(text: str, *, begins: bool = False) -> str:
    """Escape text so that Discord shows it unchanged; ``begins``: whether it starts a line."""
    safe = _READ_INTO.sub(lambda found: "".join(f"\\{sign}" for sign in found[0]), text)
    return f"\\{safe}" if begins and safe[:1] in {"#", ">", "-"} else safe


class _Writer:
    """Writes one text's tokens as blocks; each list is one block."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._numbers: list[int | None] = []
        self._mark = ""
        self._rows: list[list[str]] = []

    def write(self, tokens: Sequence[Token]) -> list[str]:
        """Write the blocks of a text."""
        for token in tokens:
            self._take(token)
        return self._written

    def _take(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                if not self._numbers:
                    self._written.append("")
                self._numbers.append(int(token.attrGet("start") or 1) if token.type.startswith("ordered") else None)
            case "bullet_list_close" | "ordered_list_close":
                self._numbers.pop()
            case "list_item_open":
                self._mark = self._next_mark()
            case "fence" | "code_block":
                self._put(code_block(token.content, token.info.strip()))
            case "tr_open":
                self._rows.append([])
            case "table_close":
                self._put(aligned(self._rows))
                self._rows = []
            case "inline" if self._rows:
                self._rows[-1].append(token.content)
            case "inline":
                self._put(_spans(token))

    def _next_mark(self) -> str:
        number = self._numbers[-1]
        if number is not None:
            self._numbers[-1] = number + 1
        return "  " * (len(self._numbers) - 1) + ("- " if number is None else f"{number}. ")

    def _put(self, text: str) -> None:
        if not self._numbers:
            self._written.append(text)
            return
        if not text.startswith("```"):
            text = (self._mark or "  " * len(self._numbers)) + text.replace("\n", "\n" + "  " * len(self._numbers))
        elif self._mark:
            text = f"{self._mark}\n{text}"
        self._mark = ""
        self._written[-1] = f"{self._written[-1]}\n{text}".lstrip("\n")
