"""A card as a picture and in words."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.rendering.boards import team_rule
from bot.rendering.cards import painting
from bot.rendering.cards.card import MOST_FACTS, MOST_PLAYERS, MOST_PLAYERS_ALONE, MOST_TEAMS, Fact, alt_text
from bot.rendering.cards.fitting import wrap
from bot.rendering.cards.painting import MOST_HEIGHT, WIDTH, paint
from bot.rendering.cards.palette import PALETTES, Theme
from tests.unit.cards.cards import HOSTILE, NAMES, card, team
from tests.unit.cards.contrast import contrast

THEMES = pytest.mark.parametrize("theme", Theme)


def picture(drawn):
    image = Image.open(BytesIO(drawn))
    image.load()
    return image


@THEMES
@pytest.mark.parametrize("teams", [0, 1, 3, 12, 60])
def test_a_card_is_a_png_for_phones_as_high_as_what_it_shows(teams, theme):
    image = picture(paint(card(teams, list(NAMES.values())), theme))
    assert (image.format, image.mode, image.width) == ("PNG", "RGB", WIDTH)
    assert 800 < image.height <= MOST_HEIGHT


def test_fewer_teams_make_a_smaller_card():
    heights = [picture(paint(card(teams), Theme.LIGHT)).height for teams in (3, 6, 12)]
    assert heights == sorted(set(heights))


def test_teams_beyond_the_most_change_nothing():
    assert paint(card(60), Theme.LIGHT) == paint(card(MOST_TEAMS), Theme.LIGHT)


@THEMES
def test_the_same_card_gives_the_same_bytes(theme):
    assert paint(card(3, list(NAMES.values())), theme) == paint(card(3, list(NAMES.values())), theme)


def test_themes_have_their_own_ground():
    for theme in Theme:
        image = picture(paint(card(), theme))
        assert image.getpixel((5, 5)) == PALETTES[theme].page
        assert image.getpixel((WIDTH // 2, 216)) == PALETTES[theme].panel


@pytest.fixture(scope="module")
def unchanged():
    return paint(card(1), Theme.LIGHT)


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Week 48"},
        {"subtitle": "23–29 November 2026"},
        {"more": "and 1 more team"},
        {"rule": "Another rule."},
        {"players": ()},
        {"facts": ()},
        {"teams": (team(1, "Somebody else"),)},
        {"teams": (team(1, "Ada’s Engines", change=-2),)},
        {"teams": (team(1, "Ada’s Engines", change=None),)},
        {"teams": (team(1, "Ada’s Engines", change=0),)},
        {"teams": (replace(team(1, "Ada’s Engines"), share=0.25),)},
    ],
    ids=str,
)
def test_whatever_changes_is_seen(changed, unchanged):
    assert paint(replace(card(1), **changed), Theme.LIGHT) != unchanged


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_whatever_people_write_the_card_keeps_its_size(text):
    teams = tuple(team(number, text) for number in range(1, 13))
    facts = (Fact(label=text, text=text),) * MOST_FACTS
    hostile = replace(card(), title=text, subtitle=text, teams=teams, facts=facts, rule=text, more=text)
    started = time.thread_time()
    image = picture(paint(hostile, Theme.DARK))
    assert time.thread_time() - started < 10
    assert image.width == WIDTH
    assert image.height <= MOST_HEIGHT + 60


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_nothing_people_write_reaches_the_margins(text):
    image = picture(paint(card(names=[text], title=text, subtitle=text), Theme.LIGHT))
    for edge in (image.crop((0, 0, 12, image.height)), image.crop((WIDTH - 12, 0, WIDTH, image.height))):
        assert edge.getcolors() == [(12 * image.height, PALETTES[Theme.LIGHT].page)]


def test_threads_may_draw_at_once():
    wanted = [paint(card(3, list(NAMES.values())), theme) for theme in Theme] * 4
    with ThreadPoolExecutor(8) as threads:
        drawn = list(threads.map(lambda theme: paint(card(3, list(NAMES.values())), theme), list(Theme) * 4))
    assert drawn == wanted


@THEMES
def test_every_text_stands_out_from_its_ground(theme):
    palette = PALETTES[theme]
    on_panel = (palette.ink, palette.muted, palette.accent, palette.up, palette.down)
    pairs = [(colour, palette.panel) for colour in on_panel]
    pairs += [(palette.ink, palette.page), (palette.muted, palette.page), *palette.medals]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


def test_contrast_is_that_of_wcag():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((255, 255, 255), (255, 255, 255)) == 1
    assert contrast((0x76, 0x76, 0x76), (255, 255, 255)) == pytest.approx(4.54, abs=0.005)


def test_words_say_all_that_the_picture_shows_in_its_order():
    shown = card(3, ["Ada’s Engines", "فريق"])
    assert alt_text(shown).splitlines() == [
        "Week 47",
        "16–22 November 2026 · Study group",
        "1. Ada’s Engines, up 2 places; Score 98.5, Mean 79.25, Took part 1 of 1",
        "2. فريق, up 2 places; Score 97.5, Mean 78.25, Took part 1 of 2",
        "3. Ada’s Engines, up 2 places; Score 96.5, Mean 77.25, Took part 1 of 3",
        "and 48 more teams",
        "Players of the week",
        "1. Player 1, Points 60",
        "2. Player 2, Points 59",
        "3. Player 3, Points 58",
        "Hardest question: " + ("Which of these is it? " * 20).strip(),
        "Longest streak: Zoë, 23 days in a row",
        "Score = mean points, times the share of members who took part.",
    ]


@pytest.mark.parametrize(
    ("change", "words"), [(None, "new"), (0, "same place"), (1, "up 1 place"), (-3, "down 3 places")]
)
def test_a_change_of_place_is_said_in_words(change, words):
    assert f"Ada, {words};" in alt_text(replace(card(), teams=(team(1, "Ada", change=change),)))


def test_words_name_as_many_as_the_picture_does():
    assert alt_text(card(60)).count("Took part") == MOST_TEAMS
    assert alt_text(card(60)).count("Points") == MOST_PLAYERS
    assert alt_text(card(0)).count("Points") == MOST_PLAYERS_ALONE


def test_words_have_long_names_in_full_but_no_controls():
    told = alt_text(card(1, ["\u202e" + "x" * 10_000 + "\nsecond line"]))
    assert "x" * 10_000 + " second line" in told
    assert "\u202e" not in told


def test_nobody_has_a_name_all_the_same():
    assert "1. –, up 2 places" in alt_text(card(1, ["\u200b"]))


def test_the_rule_for_teams_stands_there_whole():
    assert len(wrap(team_rule(), painting._SMALL, painting.INNER, 9)) <= 2
