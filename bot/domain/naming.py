"""Who is named in a message, and where, so that people are found in it under any name they ever had."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from bot.domain.identity import PlayerId
from bot.domain.views import MessageView, Section, Table

NOBODY = "–"
"""Replaces the name of somebody who was forgotten."""

_NAME_CELL = 1
_LINE = re.compile(r"^(- )((?:\\.|[^\\:])*)(:|$)")

TABLE = -1
"""The part number of a message's table; sections are counted from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a message shows a name: a row of its table (part `TABLE`), or a line of a section."""

    part: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Who is named at a spot."""

    spot: Spot
    player_id: PlayerId


def named_in(view: MessageView) -> list[Named]:
    """Return everybody whom a message names, as its rendering marked them."""
    parts = [(TABLE, view.table.players if view.table else ())]
    parts += [(number, section.players) for number, section in enumerate(view.sections)]
    return [
        Named(spot=Spot(part=part, line=line), player_id=player_id)
        for part, players in parts
        for line, player_id in enumerate(players)
        if player_id is not None
    ]


def spots_with_names(view: MessageView) -> Iterator[tuple[Spot, str]]:
    """Return every row and line of a message that may name somebody, with the name as written there."""
    for line, row in enumerate(view.table.rows if view.table else ()):
        if len(row) > _NAME_CELL:
            yield Spot(part=TABLE, line=line), row[_NAME_CELL]
    for part, section in enumerate(view.sections):
        for line, text in enumerate(section.text.split("\n")):
            if found := _LINE.match(text):
                yield Spot(part=part, line=line), found[2]


def without_names(view: MessageView, spots: Collection[Spot]) -> MessageView:
    """Return the message without the names at these spots.

    It also loses the paragraphs of its text that contain such a name, and its picture, which can't be edited.
    """
    names = [name for spot, name in spots_with_names(view) if spot in spots]
    text = "\n\n".join(part for part in view.text.split("\n\n") if not any(name in part for name in names))
    rows = {spot.line for spot in spots if spot.part == TABLE}
    table = view.table and _without_rows(view.table, rows)
    sections = tuple(
        _without_lines(section, {spot.line for spot in spots if spot.part == part})
        for part, section in enumerate(view.sections)
    )
    return replace(view, text=text, table=table, sections=sections, image=None)


def _without_rows(table: Table, numbers: Collection[int]) -> Table:
    rows = tuple(
        (*row[:_NAME_CELL], NOBODY, *row[_NAME_CELL + 1 :]) if line in numbers else row
        for line, row in enumerate(table.rows)
    )
    return replace(table, rows=rows)


def _without_lines(section: Section, numbers: Collection[int]) -> Section:
    lines = [
        _LINE.sub(rf"\g<1>{NOBODY}\g<3>", text, count=1) if line in numbers else text
        for line, text in enumerate(section.text.split("\n"))
    ]
    return replace(section, text="\n".join(lines)) if numbers else section
