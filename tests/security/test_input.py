"""Input that is made to be slow, large or broken."""

import struct
import zlib

import pytest

from bot.domain.errors import BadInput
from bot.domain.typed import plainly, typed
from bot.importers.bank.pictures import PictureFolder
from bot.services.chat.grammar import LONGEST, parse_command
from tests.pictures import png

BEGIN, NEXT, END = "\ufdd0", "\ufdd1", "\ufdd2"


def claims(width, height):
    """A PNG whose header names a size, with hardly anything behind it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", len(header)) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\x00\x00\x00\x00IEND\xaeB`\x82"


@pytest.mark.parametrize("text", ['"', "'", '/quiz "', "/quiz team create 'Night", "/quiz \\", '/quiz a"b'])
def test_an_unclosed_quote_is_a_sign_like_any_other(text):
    try:
        command = parse_command(text)
    except BadInput:
        return
    assert all(command.options.values())


@pytest.mark.timeout(10)
@pytest.mark.parametrize("part", ["a ", "'", '"', "\\", "a=b ", f"{BEGIN}", "9"])
@pytest.mark.parametrize("command", ["/quiz ", "/team create ", "/daily set ", "/team draw "])
def test_a_command_longer_than_anybody_types_is_refused_at_once(command, part):
    text = command + part * 1_000_000
    with pytest.raises(BadInput, match="too long"):
        parse_command(text)
    try:
        parse_command(text[:LONGEST])
    except BadInput as error:
        assert len(str(error)) < 2 * LONGEST  # noqa: PT017 - either is right


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "text",
    [
        BEGIN * 300_000,
        END * 300_000,
        f"{BEGIN}x" * 300_000,
        f"{BEGIN}{NEXT}" * 100_000 + END,
        BEGIN + "x" * 300_000,
        f"{BEGIN}quiz{NEXT}vname{NEXT}{'%FF%ZZ%' * 50_000}{END}",
        str(typed("team join", name="\ud800" + str(typed("help")))),
    ],
    ids=["beginnings", "ends", "unclosed", "empty", "one long", "escapes", "inside another"],
)
def test_marks_that_are_broken_or_many_leave_no_sign_behind(text):
    assert not {BEGIN, NEXT, END} & set(plainly(text))


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (2**31 - 1, 2**31 - 1), (8_000, 5_001)])
def test_a_small_file_with_a_huge_picture_is_refused(tmp_path, width, height):
    (tmp_path / "bomb.png").write_bytes(claims(width, height))
    with pytest.raises(BadInput, match="pixels"):
        PictureFolder(tmp_path).picture("bomb.png")


@pytest.mark.parametrize("data", [b"GIF89a", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", claims(60_000, 60_000)[:-20]])
def test_a_picture_whose_size_nobody_can_tell_is_refused(tmp_path, data):
    (tmp_path / "curve.png").write_bytes(data)
    with pytest.raises(BadInput, match=r"is damaged|pixels"):
        PictureFolder(tmp_path).picture("curve.png")


@pytest.mark.parametrize("data", [png(), claims(8_000, 5_000)])
def test_other_pictures_are_taken_as_they_are(tmp_path, data):
    (tmp_path / "curve.png").write_bytes(data)
    assert PictureFolder(tmp_path).picture("curve.png").data == data
