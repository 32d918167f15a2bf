"""Somebody's own answers as a picture for a private reply."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image

from bot.apart.painting import CHARTS, ApartPainter, PaintingLimits
from bot.domain.accuracy import Accuracy
from bot.domain.own_chart import MOST_TOPICS, OwnChart
from bot.domain.progress import TopicDay, progress
from bot.i18n import LANGUAGES, use_language
from bot.rendering.cards.fitting import fit
from bot.rendering.cards.palette import PALETTES, Theme
from bot.rendering.cards.shaping import shape
from bot.rendering.charts import painting
from bot.rendering.charts.painting import WIDTH, paint, shade
from bot.rendering.own_chart import own_chart
from bot.services.own_charts import OwnCharts
from tests.pictures import png
from tests.unit.cards.contrast import contrast

TODAY = date(2026, 11, 25)  # a Wednesday
THEMES = pytest.mark.parametrize("theme", Theme)


def chart(*topics: str | None, theme: str = Theme.LIGHT) -> OwnChart:
    sums = [
        TopicDay(
            topic=topic, day=TODAY - timedelta(days=3 * n), given=4, graded=Accuracy(right=n, answered=4), points=0
        )
        for topic in topics
        for n, day in enumerate(TODAY - timedelta(days=3 * ago) for ago in range(4))
    ]
    found = own_chart(progress(sums, TODAY), theme)
    assert found is not None
    return found


def picture(shown: OwnChart) -> Image.Image:
    painted = Image.open(BytesIO(paint(shown)))
    painted.load()
    return painted


def test_it_says_what_the_page_says() -> None:
    found = chart("nets", None)
    assert (found.days_title, found.weekdays[0]) == ("Answers per day in the last 12 weeks", "Mon")
    assert [(one.name, one.right) for one in found.topics] == [("no topic", "6 of 16 (38%)"), ("nets", "6 of 16 (38%)")]
    assert found.alt == f"{found.days_title}\n{found.topics_title}"
    assert replace(found, topics=()).alt == found.days_title


def test_there_is_none_without_answers_in_its_weeks() -> None:
    before = TopicDay(topic="nets", day=None, given=9, graded=Accuracy(right=9, answered=9), points=90)
    assert own_chart(progress([before], TODAY), Theme.LIGHT) is None


@THEMES
def test_its_numbers_stand_out_from_their_squares(theme: Theme) -> None:
    for level in range(5):
        assert contrast(*shade(PALETTES[theme], level)) >= 4.5


@THEMES
def test_it_is_as_high_as_what_it_shows(theme: Theme) -> None:
    none = replace(chart("nets", theme=theme), topics=())
    charts = [none, *(chart(*map(str, range(n)), theme=theme) for n in (1, MOST_TOPICS))]
    heights = [picture(one).height for one in charts]
    assert heights == sorted(set(heights))
    assert picture(chart(*map(str, range(30)), theme=theme)).height == heights[-1]
    assert picture(none).size[0] == WIDTH
    assert paint(none) == paint(none)


def test_a_day_with_answers_is_coloured_and_no_later_day_has_a_square() -> None:
    palette, found = PALETTES[Theme.LIGHT], picture(chart("a", "b", "c"))  # 12 answers today and six days ago
    today, before = (left + 6 for left in (949, 878)), 170 + 84 + 12
    colours = [found.getpixel((x, before + 71 * row)) for x in today for row in (2, 3)]
    assert colours == [palette.accent, palette.panel, palette.rule, palette.accent]


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_titles_are_whole_in_every_language(language: str) -> None:
    with use_language(language):
        found = chart("nets")
    for title, style in ((found.title, painting._TITLE), (found.days_title, painting._HEAD)):
        assert fit(title, style, 944) == shape(list(title), style, right_to_left=False)


async def test_another_process_paints_it() -> None:
    painter = ApartPainter[OwnChart](CHARTS, PaintingLimits())
    try:
        found = await OwnCharts(painter.paint).of(chart("nets"))
    finally:
        await painter.close()
    assert found is not None
    assert found.data == paint(chart("nets"))


async def test_a_reply_does_not_wait_for_a_picture_that_takes_too_long() -> None:
    async def paints(_charts: object) -> bytes:
        await asyncio.Event().wait()
        return png()

    assert await OwnCharts(paints, patience_s=0).of(chart("nets")) is None


async def test_pictures_are_forgotten_with_the_person_they_show() -> None:
    painted = []

    async def paints(charts: object) -> bytes:
        painted.append(charts)
        return png()

    charts = OwnCharts(paints)
    for _time in range(2):
        await charts.of(chart("nets"))
    assert len(painted) == 1
    charts.drop()
    await charts.of(chart("nets"))
    assert len(painted) == 2
