"""Make texts fit their space: shorten them carefully, or wrap them onto a few lines."""

from bot.rendering.cards.bidi import is_right_to_left
from bot.rendering.cards.plain import clusters, plain
from bot.rendering.cards.shaping import Line, Style, shape

_CUT = "…"
_NARROWEST = 0.15
"""The width of the narrowest letters, as a share of the text's size; narrower letters are cut early."""


def fit(text: str, style: Style, width: int) -> Line:
    """Shorten ``text`` to one line of at most ``width`` pixels, ending in "…" if it was cut."""
    text = plain(text)
    parts = clusters(text, _most(style, width) + 1)
    return _fit(parts, style, width, right_to_left=is_right_to_left(text))


def wrap(text: str, style: Style, width: int, most: int) -> list[Line]:
    """Wrap ``text`` onto up to ``most`` lines, broken between words if possible."""
    text = plain(text)
    rest = clusters(text, most * _most(style, width) + 1)
    right_to_left = is_right_to_left(text)
    lines: list[Line] = []
    while rest and len(lines) < most - 1:
        room = _room(rest, style, width, right_to_left=right_to_left)
        if room == len(rest):
            break
        end = next((stop for stop in range(room, 0, -1) if _may_break(rest, stop)), max(room, 1))
        lines.append(shape(_bare(rest[:end]), style, right_to_left=right_to_left))
        rest = rest[end + (rest[end] == " ") :]
    if rest:
        lines.append(_fit(rest, style, width, right_to_left=right_to_left))
    return lines


def _fit(parts: list[str], style: Style, width: int, *, right_to_left: bool) -> Line:
    if len(parts) <= _most(style, width):
        whole = shape(parts, style, right_to_left=right_to_left)
        if whole.width <= width:
            return whole
    room = _room(parts, style, width, right_to_left=right_to_left)
    while True:
        cut = shape([*_bare(parts[:room], " ,;:.-–"), _CUT], style, right_to_left=right_to_left)
        if cut.width <= width or room == 0:
            return cut
        room -= 1


def _room(parts: list[str], style: Style, width: int, *, right_to_left: bool) -> int:
    """How many of ``parts`` fit into ``width``."""
    low, high = 0, min(len(parts), _most(style, width))
    while low < high:
        middle = (low + high + 1) // 2
        if shape(parts[:middle], style, right_to_left=right_to_left).width <= width:
            low = middle
        else:
            high = middle - 1
    return low


def _most(style: Style, width: int) -> int:
    return int(width / (style.size * _NARROWEST))


def _bare(parts: list[str], loose: str = " ") -> list[str]:
    """Remove ``loose`` characters from the end."""
    while parts and parts[-1] in loose:
        parts = parts[:-1]
    return parts


def _may_break(parts: list[str], stop: int) -> bool:
    """Whether a line may end before ``parts[stop]``: at a space, behind a hyphen, before an ideograph."""
    return parts[stop] == " " or parts[stop - 1] in {" ", "-", "–", "/"} or _is_ideograph(parts[stop])


def _is_ideograph(cluster: str) -> bool:
    return "\u3040" <= cluster[0] <= "\u30ff" or "\u3400" <= cluster[0] <= "\u9fff" or cluster[0] >= "\U00020000"
