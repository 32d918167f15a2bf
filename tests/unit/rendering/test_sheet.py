"""A sheet: the pictures of a question's choices in one picture, each below its letter."""

from io import BytesIO
from string import ascii_uppercase

import pytest
from PIL import Image

from bot.domain.images import Image as Shown
from bot.domain.questions import MAX_CHOICES
from bot.domain.sheets import Sheet, Tile
from bot.rendering.sheet import paint
from tests.pictures import png

WHITE = (255, 255, 255)


def encoded(picture, format_, **more):
    file = BytesIO()
    picture.save(file, format_, **more)
    return file.getvalue()


def painted(*pictures, alt="A picture"):
    tiles = [Tile(letter=letter, data=data, alt=alt) for letter, data in zip(ascii_uppercase, pictures, strict=False)]
    data = paint(tiles)
    assert paint(tiles) == data, "the same tiles give the same bytes"
    image = Image.open(BytesIO(data))
    image.load()
    return image


def shades(image, *places):
    return [image.getpixel(place)[0] for place in places]


@pytest.mark.parametrize(("number", "columns"), [(1, 1), (2, 2), (4, 2), (5, 3), (9, 3), (10, 4), (MAX_CHOICES, 4)])
def test_pictures_stand_in_rows_as_wide_as_a_phone_takes(number, columns):
    image = painted(*[png(shade * 10, width=300, height=200) for shade in range(number)])
    across = (1080 - 48 - (columns - 1) * 24) // columns
    high = round((across - 40) * 2 / 3) + 96
    rows = -(-number // columns)
    assert abs(image.height - (48 + rows * high + (rows - 1) * 24)) <= rows
    assert len(encoded(image, "PNG")) < 8 * 1024**2
    places = [
        (24 + (n % columns) * (across + 24) + across // 2, 24 + (n // columns) * (high + 24) + high // 2 + 28)
        for n in range(number)
    ]
    assert shades(image, *places) == [n * 10 for n in range(number)]


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_clear_is_white_as_in_the_room(mode):
    clear = Image.new("RGBA", (100, 100), (0, 0, 0, 0)).convert(mode)
    more = {"transparency": 0} if mode == "P" else {}
    assert painted(encoded(clear, "PNG", **more)).getpixel((540, 300)) == WHITE


def test_a_photo_is_turned_as_its_camera_was_held():
    photo = Image.new("L", (400, 200), 255)
    photo.paste(0, (0, 0, 200, 200))
    turned = Image.Exif()
    turned[0x0112] = 6  # its right side is up
    image = painted(encoded(photo.convert("RGB"), "JPEG", exif=turned))
    above, below = shades(image, (540, 300), (540, 900))
    assert (above < 20, below > 235) == (True, True)


def test_of_an_animation_the_first_picture_is_shown():
    first, second = Image.new("L", (50, 50), 10), Image.new("L", (50, 50), 200)
    image = painted(encoded(first, "GIF", save_all=True, append_images=[second]))
    assert shades(image, (540, 150)) == [10]


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a\x01\x00", png(width=50, height=50)[:60], b"\xff\xd8\xff\xe0\x00\x10JFIF"]
)
def test_a_picture_that_cannot_be_unpacked_is_told_in_words(data):
    image = painted(png(0, width=100, height=100), data, alt="Two lines\nthat part")
    assert shades(image, (276, 300)) == [0]
    words = image.crop((572, 100, 1036, 200))
    assert len(words.getcolors(10_000)) > 10, "ink on paper"


def test_words_for_a_sheet_name_each_picture_by_its_letter_and_share_the_room():
    def sheet(*alts):
        tiles = [(letter, Shown(digest="", media_type="", alt=alt)) for letter, alt in zip("ABC", alts, strict=True)]
        return Sheet(tiles=tuple(tiles))

    assert sheet("A tree", "A bush", "A rose").alt(1_024) == "A: A tree; B: A bush; C: A rose"
    told = sheet("tree " * 200, "A bush", "rose " * 200).alt(300)
    assert len(told) <= 300
    assert [part[:7] for part in told.split("; ")] == ["A: tree", "B: A bu", "C: rose"]
    assert len(Sheet(tiles=sheet(*["word " * 40] * 3).tiles * 8).alt(1_024)) <= 1_024
