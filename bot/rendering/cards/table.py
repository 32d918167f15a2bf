"""Paint the table of teams: columns are as wide as their figures, and names get the rest."""

from dataclasses import dataclass

from bot.rendering.cards.canvas import Canvas
from bot.rendering.cards.card import NOBODY, Card, TeamLine, change_sign
from bot.rendering.cards.fitting import fit
from bot.rendering.cards.palette import Colour, Palette
from bot.rendering.cards.plain import plain
from bot.rendering.cards.shaping import Line, Style

_HEAD = Style(26)
_NAME = Style(34, 600)
_SCORE = Style(34, 700)
_FIGURE = Style(30)
_PLACE = Style(30, 700)
_INSET = 32
_PLACE_WIDTH = 68
_GAP = 28
_WIDEST = 150
_BAR = 8
_FEW = 6
"""Up to this many teams, rows are further apart."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of figures under its heading, aligned right in ``width`` pixels."""

    head: Line
    cells: tuple[Line, ...]

    @property
    def width(self) -> int:
        return max(line.width for line in (self.head, *self.cells))


def paint_teams(canvas: Canvas, palette: Palette, card: Card, *, left: int, right: int, top: int) -> int:
    """Paint the panel with the table, and return where it ends."""
    teams = card.shown_teams
    row = 96 if len(teams) <= _FEW else 70
    bottom = top + 72 + row * len(teams) + (56 if card.more else 12)
    canvas.rounded((left, top, right, bottom), 28, palette.panel)
    left, right = left + _INSET, right - _INSET
    columns = _columns(card)
    edges = _edges(columns, right)
    names = left + _PLACE_WIDTH
    room = edges[0] - columns[0].width - _GAP - names
    canvas.text(fit(card.heads.name, _HEAD, room), names, top + 50, palette.muted)
    for column, edge in zip(columns, edges, strict=True):
        canvas.text(column.head, edge - column.head.width, top + 50, palette.muted)
    y = top + 72
    for number, team in enumerate(teams):
        canvas.hairline(left, right, y, palette.rule)
        middle = y + row // 2 + 1
        paint_place(canvas, palette, team.place, left, middle)
        canvas.text(fit(plain(team.name) or NOBODY, _NAME, room), names, middle + 12, palette.ink)
        for column, edge, colour in zip(columns, edges, _colours(team, palette)[-len(columns) :], strict=True):
            lift = 0 if column is not columns[-1] else _BAR
            canvas.text(column.cells[number], edge - column.cells[number].width, middle + 12 - lift, colour)
        _bar(canvas, palette, team.share, (edges[-1] - columns[-1].width, edges[-1]), middle + 18)
        y += row
    if card.more:
        canvas.hairline(left, right, y, palette.rule)
        canvas.text(fit(card.more, _HEAD, right - names), names, y + 38, palette.muted)
    return bottom


def paint_place(canvas: Canvas, palette: Palette, place: str, left: int, middle: int) -> None:
    """Paint a place; the first three are medals with their number."""
    number = fit(place, _PLACE, 56)
    colour = palette.muted
    if place in {"1", "2", "3"}:
        ground, colour = palette.medals[int(place) - 1]
        canvas.rounded((left, middle - 24, left + 48, middle + 24), 24, ground)
    canvas.text(number, left + 24 - number.width // 2, middle + 11, colour)


def _columns(card: Card) -> list[_Column]:
    heads, teams = card.heads, card.shown_teams
    changes = _column(heads.change, [change_sign(team.change) for team in teams], _FIGURE)
    return [
        *([changes] if heads.change else []),
        _column(heads.score, [team.score for team in teams], _SCORE),
        _column(heads.mean, [team.mean for team in teams], _FIGURE),
        _column(heads.participation, [team.participation for team in teams], _FIGURE),
    ]


def _column(head: str, cells: list[str], style: Style) -> _Column:
    return _Column(fit(head, _HEAD, _WIDEST), tuple(fit(cell, style, _WIDEST) for cell in cells))


def _edges(columns: list[_Column], right: int) -> list[int]:
    edges: list[int] = []
    for column in reversed(columns):
        edges.insert(0, right)
        right -= column.width + _GAP
    return edges


def _colours(team: TeamLine, palette: Palette) -> tuple[Colour, Colour, Colour, Colour]:
    change = palette.accent if team.change is None else palette.muted
    if team.change:
        change = palette.up if team.change > 0 else palette.down
    return change, palette.ink, palette.muted, palette.muted


def _bar(canvas: Canvas, palette: Palette, share: float, across: tuple[int, int], top: int) -> None:
    left, right = across
    canvas.rounded((left, top, right, top + _BAR), _BAR // 2, palette.track)
    filled = round((right - left) * min(max(share, 0.0), 1.0))
    if filled:
        canvas.rounded((left, top, left + max(filled, _BAR), top + _BAR), _BAR // 2, palette.accent)
