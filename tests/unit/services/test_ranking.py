"""Ranks all players of leagues, however many they are."""

import threading
from collections.abc import Mapping
from types import SimpleNamespace
from typing import ClassVar, cast

from bot.domain.identity import LeagueId, PlayerId
from bot.domain.standings import Score
from bot.ports import Unit
from bot.services.standings.ranking import ranked_players


class _Noting(str):
    """A name that notes which thread compares it."""

    compared_in: ClassVar[set[int]] = set()

    def casefold(self) -> str:
        self.compared_in.add(threading.get_ident())
        return super().casefold()


async def test_players_are_ranked_beside_the_event_loop() -> None:
    async def scores(periods: Mapping[LeagueId, str]) -> list[Score]:
        assert periods == {LeagueId(1): "all"}
        names = ("Ada", 20), ("Bo", 30)
        return [
            Score(player_id=PlayerId(number), name=_Noting(name), points=points, right=1, answered=1)
            for number, (name, points) in enumerate(names)
        ]

    unit = cast("Unit", SimpleNamespace(boards=SimpleNamespace(scores=scores)))
    standings = await ranked_players(unit, {LeagueId(1): "all"})
    assert [(one.place, one.name) for one in standings] == [(1, "Bo"), (2, "Ada")]
    assert _Noting.compared_in
    assert threading.get_ident() not in _Noting.compared_in
