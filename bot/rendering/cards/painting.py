"""Paint a card as a PNG.

The picture is painted for phones: 1080 pixels wide, so that its smallest text is still read at a third of that.
"""

from io import BytesIO

from bot.rendering.cards.canvas import Canvas
from bot.rendering.cards.card import NOBODY, Card, PlayerLine
from bot.rendering.cards.fitting import fit, wrap
from bot.rendering.cards.palette import PALETTES, Colour, Palette, Theme
from bot.rendering.cards.plain import plain
from bot.rendering.cards.shaping import Line, Style
from bot.rendering.cards.table import paint_place, paint_teams

WIDTH = 1080
MOST_HEIGHT = 1920
"""The largest height in pixels; a higher card gets fewer lines for its facts."""
MARGIN = 36
INSET = 32
"""The space in pixels between a panel's edge and its content."""
GAP = 24
INNER = WIDTH - 2 * (MARGIN + INSET)
_TITLE = Style(68, 700)
_SUBTITLE = Style(32)
_HEAD = Style(28, 600)
_NAME = Style(36, 600)
_FIGURE = Style(34, 600)
_FACT = Style(32)
_SMALL = Style(26)
_FACT_LINE = 42
_RULE_LINE = 36
_SPARE = 200


def paint(card: Card, theme: Theme) -> bytes:
    """Paint the card as a PNG; the same card in the same theme gives the same bytes.

    It takes some 50 milliseconds of work: call it in a thread. Any number of threads may do so at once.
    """
    palette = PALETTES[theme]
    canvas = Canvas(WIDTH, MOST_HEIGHT + _SPARE, palette.page)
    y = _title(canvas, palette, card)
    if card.teams:
        y = paint_teams(canvas, palette, card, left=MARGIN, right=WIDTH - MARGIN, top=y) + GAP
    if card.players or not card.teams:
        y = _players(canvas, palette, card, y) + GAP
    rules = wrap(card.rule, _SMALL, INNER, 2)
    y = _facts(canvas, palette, card, y, MOST_HEIGHT - len(rules) * _RULE_LINE - MARGIN)
    y = _lines(canvas, rules, y, _RULE_LINE, palette.muted)
    return _png(canvas, y + MARGIN)


def _title(canvas: Canvas, palette: Palette, card: Card) -> int:
    canvas.rounded((MARGIN + INSET, 40, MARGIN + INSET + 96, 50), 5, palette.accent)
    canvas.text(fit(card.title, _TITLE, INNER), MARGIN + INSET, 128, palette.ink)
    canvas.text(fit(card.subtitle, _SUBTITLE, INNER), MARGIN + INSET, 180, palette.muted)
    return 212


def _players(canvas: Canvas, palette: Palette, card: Card, top: int) -> int:
    """Paint the best players: a short list below teams, a large one without teams."""
    row = 62 if card.teams else 92
    more = "" if card.teams else card.more
    bottom = top + 76 + row * len(card.shown_players) + (56 if more else 0) + 12
    canvas.rounded((MARGIN, top, WIDTH - MARGIN, bottom), 28, palette.panel)
    left, right = MARGIN + INSET, WIDTH - MARGIN - INSET
    points = fit(card.heads.points, _SMALL, 260)
    canvas.text(fit(card.heads.players, _HEAD, INNER - 300), left, top + 54, palette.ink)
    canvas.text(points, right - points.width, top + 54, palette.muted)
    y = top + 76
    for player in card.shown_players:
        _player(canvas, palette, player, y + row // 2)
        y += row
    if more:
        canvas.text(fit(more, _SMALL, INNER), left, y + 36, palette.muted)
    return bottom


def _player(canvas: Canvas, palette: Palette, player: PlayerLine, middle: int) -> None:
    left, right = MARGIN + INSET, WIDTH - MARGIN - INSET
    paint_place(canvas, palette, player.place, left, middle)
    points = fit(player.points, _FIGURE, 240)
    canvas.text(points, right - points.width, middle + 12, palette.ink)
    name = fit(plain(player.name) or NOBODY, _NAME, INNER - 68 - 32 - points.width)
    canvas.text(name, left + 68, middle + 12, palette.ink)


def _facts(canvas: Canvas, palette: Palette, card: Card, top: int, limit: int) -> int:
    """Paint the facts with their labels, on up to three lines each, or fewer if the card would become too high."""
    if not card.shown_facts:
        return top
    for most in (3, 2, 1):
        told = [(fit(fact.label, _SMALL, INNER), wrap(fact.text, _FACT, INNER, most)) for fact in card.shown_facts]
        bottom = top + 20 + sum(48 + len(lines) * _FACT_LINE + 12 for _, lines in told)
        if bottom + GAP <= limit:
            break
    canvas.rounded((MARGIN, top, WIDTH - MARGIN, bottom), 28, palette.panel)
    y = top + 10
    for label, lines in told:
        _lines(canvas, [label], y + 12, 0, palette.muted)
        y = _lines(canvas, lines, y + 48, _FACT_LINE, palette.ink) + 12
    return bottom + GAP


def _lines(canvas: Canvas, lines: list[Line], top: int, height: int, colour: Colour) -> int:
    """Paint lines below each other, aligned to the side where their script begins."""
    for line in lines:
        x = WIDTH - MARGIN - INSET - line.width if line.right_to_left else MARGIN + INSET
        canvas.text(line, x, top + line.style.size, colour)
        top += height
    return top


def _png(canvas: Canvas, height: int) -> bytes:
    file = BytesIO()
    # Level 3 takes half the time of the default, for 2 % more bytes.
    canvas.image.crop((0, 0, WIDTH, min(height, canvas.image.height))).save(file, "PNG", compress_level=3)
    return file.getvalue()
