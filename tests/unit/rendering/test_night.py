"""What a quiz night says at its end."""

from datetime import date

import pytest

from bot.domain.standings import Score, rank_players
from bot.rendering.cards.card import alt_text
from bot.rendering.night import podium_card


@pytest.mark.parametrize(
    ("level", "last"), [(2, "1. Player 1, Points 10"), (10, "1. Player 9, Points 10"), (15, "and 5 more")]
)
def test_the_picture_leaves_nobody_out_silently_who_shares_a_place_on_the_podium(level: int, last: str) -> None:
    scores = [Score(player_id=n, name=f"Player {n}", points=720_720, right=1, answered=1) for n in range(level)]
    assert alt_text(podium_card(rank_players(scores), "Study group", date(2026, 3, 2))).splitlines()[-1] == last
