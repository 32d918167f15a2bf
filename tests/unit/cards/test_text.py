"""Names in any script: written, read the right way round, cut with care, and never a row of boxes."""

import unicodedata

import pytest

from bot.rendering.cards import bidi
from bot.rendering.cards.canvas import Canvas
from bot.rendering.cards.fitting import fit, wrap
from bot.rendering.cards.fonts import typeface_for
from bot.rendering.cards.plain import MOST_CODE_POINTS, MOST_MARKS, clusters, plain
from bot.rendering.cards.shaping import Style
from tests.unit.cards.cards import HOSTILE, NAMES

STYLE = Style(34, 600)
WIDE = 100_000
BLACK, WHITE = (0, 0, 0), (255, 255, 255)


def numbers(line):
    return [glyph.number for glyph in line.glyphs]


def ink(line):
    """The box around what is drawn; None where there is nothing."""
    canvas = Canvas(max(line.width, 1) + 200, 300, BLACK)
    canvas.text(line, 100, 150, WHITE)
    return canvas.image.getbbox()


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_in_any_script_is_written_in_full(name):
    line = fit(name, STYLE, WIDE)
    assert 0 not in numbers(line), "a glyph is missing"
    assert [sign for sign in numbers(line) if sign in numbers(fit("\ufffd", STYLE, WIDE))] == []
    left, _, right, _ = ink(line)
    assert right - left > line.width * 0.8


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_every_character_of_a_name_has_a_typeface(name):
    for cluster in clusters(plain(name), 100):
        plainer = unicodedata.normalize("NFKC", cluster)
        assert typeface_for(cluster) or typeface_for(plainer), cluster


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_no_text_breaks_out_of_its_place(name):
    line = fit(name, STYLE, 300)
    assert 0 not in numbers(line)
    assert line.width <= 300
    assert len(line.glyphs) <= 300


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_no_text_is_higher_than_its_line_for_long(name):
    box = ink(fit(name, STYLE, 300))
    assert box is None or box[3] - box[1] < 3 * STYLE.size


def test_what_no_font_can_write_is_one_sign():
    assert numbers(fit("𓀀𓀁𓀂𓀃", STYLE, WIDE)) == numbers(fit("\ufffd", STYLE, WIDE))
    assert numbers(fit("a𓀀𓀁b", STYLE, WIDE)) == numbers(fit("a\ufffdb", STYLE, WIDE))


def test_fancy_letters_become_plain_ones():
    assert numbers(fit("𝕬𝖉𝖆", STYLE, WIDE)) == numbers(fit("Ada", STYLE, WIDE))


def test_a_family_is_one_picture_in_colour():
    line = fit("👨‍👩‍👧", STYLE, WIDE)
    assert len(line.glyphs) == 1
    canvas = Canvas(200, 200, BLACK)
    canvas.text(line, 50, 100, WHITE)
    assert len(canvas.image.getcolors(40_000)) > 50
    assert any(red - blue > 100 for _, (red, _, blue) in canvas.image.getcolors(40_000))


def test_arabic_letters_join():
    joined, apart = fit("فريق", STYLE, WIDE), fit("ف ر ي ق", STYLE, WIDE)
    assert set(numbers(joined)) - set(numbers(apart))


def test_chinese_characters_have_the_forms_of_the_language_they_are_in():
    assert numbers(fit("直の", STYLE, WIDE))[0] != numbers(fit("直", STYLE, WIDE))[0]


@pytest.mark.parametrize("name", [name * 30 for name in NAMES.values()], ids=NAMES)
@pytest.mark.parametrize("width", [60, 300, 900])
def test_a_long_name_is_cut_to_its_width_and_says_so(name, width):
    line = fit(name, STYLE, width)
    assert line.width <= width
    end = 0 if line.right_to_left else -1
    dots = {numbers(fit(cluster + "…", STYLE, WIDE))[end] for cluster in {*clusters(plain(name), 20), "a"}}
    assert numbers(line)[end] in dots


def test_a_name_is_cut_between_characters_as_readers_count_them():
    family = numbers(fit("👨‍👩‍👧‍👦", STYLE, WIDE))
    cut = fit("👨‍👩‍👧‍👦" * 30, STYLE, 300)
    assert numbers(cut)[:-1] == family * (len(cut.glyphs) - 1)


def test_a_short_name_is_not_cut():
    line = fit("Ada", STYLE, WIDE)
    assert numbers(fit("Ada", STYLE, line.width)) == numbers(line)


def test_a_long_text_has_as_many_lines_as_it_may():
    lines = wrap("Which of these is it? " * 50, STYLE, 900, 3)
    assert len(lines) == 3
    assert all(500 < line.width <= 900 for line in lines)


def test_lines_end_between_words():
    first, second = wrap("alpha beta", STYLE, fit("alpha bet", STYLE, WIDE).width, 3)
    assert numbers(first) == numbers(fit("alpha", STYLE, WIDE))
    assert numbers(second) == numbers(fit("beta", STYLE, WIDE))


def test_a_word_wider_than_the_line_is_broken_anyway():
    assert len(wrap("x" * 60, STYLE, 900, 3)) == 2


def test_no_text_has_no_lines():
    assert wrap(" \n ", STYLE, 900, 3) == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_any_text_wraps_into_its_place(text):
    lines = wrap(text, STYLE, 900, 3)
    assert len(lines) <= 3
    assert all(line.width <= 900 for line in lines)


def test_plain_text_has_no_controls_and_no_orders_to_turn_around():
    assert plain("a\u202eb\u2066c\u2069\x00d\te\u2028f\u200bg") == "abc d e fg"


def test_joiners_of_emoji_and_tags_of_flags_stay():
    for text in ("👨‍👩‍👧", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "नर्‍क"):
        assert plain(text) == text


def test_ornament_is_trimmed_and_languages_are_not():
    (zalgo,) = clusters("Z" + "\u0335\u0321" * 50, 5)
    assert len(zalgo) == 1 + MOST_MARKS
    for text in ("בְּרֵאשִׁית", "ทีมเรียนรู้", "ấ", "की"):
        assert "".join(clusters(text, 100)) == text
    assert len(clusters("👨‍" * 300, 5)[0]) == MOST_CODE_POINTS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", "000"),
        ("אבג", "111"),
        ("abc אב", "000011"),
        ("אב abc", "111222"),
        ("אב 12", "11122"),
        ("ab 12", "00000"),
        ("اب 1,2", "111222"),
        ("אב 5%", "11122"),
        ("אב (ab)", "1111221"),
        ("ab (אב) c", "000011000"),
        ("אב-גד", "11111"),
    ],
)
def test_levels_follow_unicode(text, expected):
    right_to_left = bidi.is_right_to_left(text)
    assert "".join(map(str, bidi.levels(text, right_to_left=right_to_left))) == expected


def test_what_is_read_from_the_right_stands_in_that_order():
    text = "אב 12 c"
    levels = bidi.levels(text, right_to_left=True)
    assert "".join(bidi.visual_order(text, levels)) == "c 12 בא"
