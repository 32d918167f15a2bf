"""The rows of the standings page, sorted as the reader asks: pure functions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from adapters.web import markdown
from adapters.web.paging import Page, page_of
from bot.domain.shortening import shortened
from bot.domain.standings import Standing
from bot.i18n import gettext as _
from bot.i18n import pgettext
from bot.ports import QuestionFigures
from bot.rendering.boards import part_of, team_rule
from bot.rendering.numbers import number, percent
from bot.rendering.words import bare_points
from bot.services.standings.pages import LeaguePage, Shown

_STEM = 140
"""How many characters of a question are enough to recognise it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column's heading, which is a link that sorts by that column.

    Attributes:
        sorted: ``ascending``, ``descending``, or empty if the rows are sorted by another column.
        href: the address of the page sorted by this column.
    """

    title: str
    number: bool
    sorted: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row; its second cell is the name."""

    cells: tuple[str | Markup, ...]
    player_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One page of a sorted table; ``query`` holds the table's settings for links to its other pages.

    ``rule`` says how the rows are ranked.
    """

    columns: tuple[Column, ...]
    rows: Page[Row]
    query: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """How one column is shown and sorted; rows without a sort key go to the end in either order.

    ``falls``: the first click on the column puts the largest value first.
    """

    name: str
    title: str
    cell: Callable[..., str | Markup]
    key: Callable[..., Any]
    number: bool = True
    falls: bool = True


def board_of(page: LeaguePage, query: Mapping[str, str], rows_a_page: int) -> Board:
    """Build the table that the page's address asks for."""
    fields = {Shown.PLAYER: _player_fields, Shown.TEAM: _team_fields, Shown.QUESTION: _question_fields}[page.shown]()
    items: Sequence[Standing | QuestionFigures] = page.questions if page.shown is Shown.QUESTION else page.standings
    wanted = query.get("sort", "")
    field = next((one for one in fields if one.name == wanted.removeprefix("-")), None)
    if field is not None:
        items = _sorted(items, field, falls=wanted.startswith("-"))
    base = {"window": page.stretch.name, "by": str(page.shown)}
    rows = page_of(items, query.get("page"), rows_a_page)
    shown = [Row(cells=tuple(one.cell(item) for one in fields), player_id=_player(item)) for item in rows.items]
    return Board(
        columns=tuple(_column(one, wanted, base) for one in fields),
        rows=Page(items=shown, number=rows.number, pages=rows.pages, first=rows.first, total=rows.total),
        query=urlencode(base | ({"sort": wanted} if field else {})),
        rule=_rule(page.shown),
    )


def _rule(shown: Shown) -> str:
    if shown is Shown.QUESTION:
        return _("Hardest first. Only questions that have closed.")
    return team_rule() if shown is Shown.TEAM else ""


def _sorted(
    items: Sequence[Standing | QuestionFigures], field: _Field, *, falls: bool
) -> list[Standing | QuestionFigures]:
    known = [item for item in items if field.key(item) is not None]
    rest = [item for item in items if field.key(item) is None]
    return sorted(known, key=field.key, reverse=falls) + rest


def _column(field: _Field, wanted: str, base: Mapping[str, str]) -> Column:
    first, second = (f"-{field.name}", field.name) if field.falls else (field.name, f"-{field.name}")
    here = {field.name: "ascending", f"-{field.name}": "descending"}.get(wanted, "")
    href = "?" + urlencode({**base, "sort": second if wanted == first else first})
    return Column(title=field.title, number=field.number, sorted=here, href=href)


def _player(item: Standing | QuestionFigures) -> int | None:
    return item.player_id if isinstance(item, Standing) else None


def _place(standing: Standing) -> str:
    return "–" if standing.place is None else str(standing.place)


def _points(standing: Standing) -> str:
    return bare_points(float(standing.points))


def _player_fields() -> tuple[_Field, ...]:
    return (
        _Field(name="place", title=_("Place"), cell=_place, key=lambda s: s.place, falls=False),
        _Field(name="name", title=_("Name"), cell=_name, key=lambda s: s.name.casefold(), number=False, falls=False),
        _Field(name="points", title=_("Points"), cell=_points, key=lambda s: s.points),
        _Field(name="right", title=pgettext("number", "Right"), cell=lambda s: number(s.right), key=lambda s: s.right),
        _Field(name="answered", title=_("Answered"), cell=lambda s: number(s.answered), key=lambda s: s.answered),
        _Field(
            name="share",
            title=_("Share right"),
            cell=lambda s: percent(s.right / s.answered) if s.answered else "–",
            key=lambda s: s.right / s.answered if s.answered else None,
        ),
    )


def _team_fields() -> tuple[_Field, ...]:
    return (
        _Field(name="place", title=_("Place"), cell=_place, key=lambda s: s.place, falls=False),
        _Field(name="name", title=_("Team"), cell=_name, key=lambda s: s.name.casefold(), number=False, falls=False),
        _Field(name="score", title=_("Score"), cell=lambda s: bare_points(float(s.score)), key=lambda s: s.score),
        _Field(name="mean", title=_("Mean points"), cell=_points, key=lambda s: s.points),
        _Field(name="total", title=_("Total"), cell=lambda s: bare_points(s.total), key=lambda s: s.total),
        _Field(name="members", title=_("Took part"), cell=part_of, key=lambda s: s.members),
    )


def _question_fields() -> tuple[_Field, ...]:
    return (
        _Field(
            name="question",
            title=_("Question"),
            cell=lambda q: markdown.inline(shortened(q.stem, _STEM)),
            key=lambda q: q.stem.casefold(),
            number=False,
            falls=False,
        ),
        _Field(
            name="topic",
            title=_("Topic"),
            cell=lambda q: q.topic or "–",
            key=lambda q: q.topic.casefold() if q.topic else None,
            number=False,
            falls=False,
        ),
        _Field(
            name="share",
            title=_("Share right"),
            cell=lambda q: percent(q.right / q.answered) if q.answered else "–",
            key=lambda q: q.right / q.answered if q.answered else None,
            falls=False,
        ),
        _Field(
            name="answered",
            title=pgettext("number", "Answers"),
            cell=lambda q: number(q.answered),
            key=lambda q: q.answered,
        ),
        _Field(name="asked", title=_("Times asked"), cell=lambda q: str(q.asked), key=lambda q: q.asked),
    )


def _name(standing: Standing) -> str:
    return standing.name
