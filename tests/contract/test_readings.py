"""Readings by example are kept under a name: a space's own, and the operator's for all spaces."""

import pytest

from bot.domain.errors import BadInput, NotFound
from bot.domain.readings import Reading
from bot.services.banks.reading import MOST_READINGS, keep_reading, kept_reading, kept_readings, remove_reading
from bot.services.leagues.spaces import ensure_space

ARROWS = Reading(question="@@ {text}", choice=">> {text}", answer="Sol -> {text}", answer_above=True)
STARS = Reading(choice="- {text}", right="- {text} *", explanation="Why: {text}")


async def test_a_space_sees_its_own_readings_and_the_operators(app):
    space = await ensure_space(app, "web", "local", "Room", "UTC")
    other = await ensure_space(app, "discord", "1", "Server", "UTC")
    await keep_reading(app, "exam", ARROWS)
    await keep_reading(app, "Exam", STARS, space.id)
    await keep_reading(app, "quiz", STARS, space.id)
    assert await kept_readings(app, None) == {"exam": ARROWS}
    assert await kept_readings(app, other.id) == {"exam": ARROWS}
    assert await kept_reading(app, "EXAM", space.id) == STARS
    assert await kept_reading(app, "exam", other.id) == ARROWS
    with pytest.raises(NotFound, match="There is no reading “quiz”"):
        await kept_reading(app, "quiz", other.id)


async def test_keeping_again_replaces_and_removing_removes(app):
    await keep_reading(app, "exam", ARROWS)
    await keep_reading(app, "EXAM", STARS)
    assert await kept_readings(app, None) == {"EXAM": STARS}
    await remove_reading(app, "exam")
    assert await kept_readings(app, None) == {}
    with pytest.raises(NotFound):
        await remove_reading(app, "exam")


async def test_names_and_numbers_are_bounded(app):
    for name in ("", "<b>", "x" * 81):
        with pytest.raises(BadInput, match="can't be a reading's name"):
            await keep_reading(app, name, STARS)
    for number in range(MOST_READINGS):
        await keep_reading(app, f"reading {number}", STARS)
    with pytest.raises(BadInput, match="Remove one first"):
        await keep_reading(app, "one more", STARS)
    await keep_reading(app, "reading 3", ARROWS)
