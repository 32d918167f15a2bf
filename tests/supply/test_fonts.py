"""The fonts in the wheel are those that the manifest names, made of packages that were checked, with all they need."""

import hashlib
import json
from pathlib import Path

import pytest
import uharfbuzz as hb

from bot.rendering.cards.fonts import typeface_for
from tests.supply.fonts import FONTS, PACKAGES, SCRIPTS, Package, WrongSource, fetched, recipes, script

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / FONTS
MOST_BYTES = 15_000_000
LINES = {line["file"]: line for line in json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))}
ALPHABETS = {
    "Latin": range(0x20, 0x7F),
    "Latin-1": range(0xA1, 0x100),
    "Latin Extended": range(0x100, 0x250),
    "Vietnamese": range(0x1EA0, 0x1EFA),
    "Greek": range(0x3B1, 0x3CA),
    "Cyrillic": range(0x400, 0x530),
    "Armenian": range(0x561, 0x588),
    "Hebrew": range(0x5D0, 0x5EB),
    "Arabic": range(0x620, 0x660),
    "Persian and Urdu": [ord(letter) for letter in "پچڈڑژکگںہھےۓٹ"],
    "Devanagari": range(0x901, 0x950),
    "Bengali": [ord(letter) for letter in "অআইঈউঊঋএঐওঔকখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ"],
    "Thai": range(0xE01, 0xE3B),
    "Georgian": range(0x10D0, 0x10F1),
    "Ethiopic": range(0x1200, 0x1248),
    "Khmer": range(0x1780, 0x17B4),
    "kana": [*range(0x3041, 0x3097), *range(0x30A1, 0x30FB)],
    "Hangul": range(0xAC00, 0xD7A4),
    "ideographs": range(0x4E00, 0x9FD0),
}


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_every_file_is_the_one_that_the_manifest_names():
    found = {path.name: digest(path) for path in FOLDER.iterdir() if path.name not in {"README.md", "manifest.json"}}
    assert {file: line["sha256"] for file, line in LINES.items()} == found


def test_every_font_says_where_it_comes_from_and_has_its_licence_beside_it():
    checked = {f"Debian {package.name} {package.version}": package.sha256 for package in PACKAGES}
    for file, package, _, how in recipes():
        assert LINES[file]["package_sha256"] == checked[LINES[file]["package"]] == package.sha256
        assert LINES[file]["made"] == how
    for line in LINES.values():
        assert line["licence"].startswith("OFL-1.1")
    for package in PACKAGES:
        assert "SIL OPEN FONT LICENSE" in (FOLDER / f"{package.name}-LICENCE.txt").read_text(encoding="utf-8").upper()


def test_all_of_them_are_small_enough_to_come_with_the_wheel():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < MOST_BYTES


@pytest.mark.parametrize("characters", ALPHABETS.values(), ids=ALPHABETS)
def test_no_alphabet_lost_a_letter(characters):
    lost = [chr(character) for character in characters if chr(character).isprintable() and not covered(character)]
    assert lost == []


@pytest.mark.parametrize("codec", ["gb2312", "big5", "euc_jp", "euc_kr"])
def test_every_ideograph_of_the_national_standards_is_there(codec):
    standard = [letter for letter in map(chr, range(0x3041, 0xFA30)) if len(letter.encode(codec, errors="ignore")) == 2]
    lost = [letter for letter in standard if not covered(ord(letter))]
    assert len(standard) > 5_000
    assert lost == []


def covered(character):
    return typeface_for(chr(character)) is not None


@pytest.mark.parametrize("name", SCRIPTS)
def test_bold_has_the_same_characters_as_regular(name):
    regular = FOLDER / f"NotoSans{name}-Regular.ttf"
    bold = FOLDER / f"NotoSans{name}-Bold.ttf"
    assert characters_of(bold) == characters_of(regular)


def characters_of(path):
    return set(hb.Face(hb.Blob.from_file_path(str(path))).unicodes)


@pytest.mark.parametrize("file", ["NotoSansLao-Regular.ttf", "NotoSansHebrew-Bold.ttf"])
def test_making_a_font_again_gives_the_same_bytes(file):
    source = (FOLDER / file).read_bytes()
    assert script(source) == script(source) == source


def test_a_package_with_another_digest_is_never_read(tmp_path):
    package = Package("fonts-test", "1:2-3", "0" * 64, "OFL-1.1")
    (tmp_path / "fonts-test_1%3a2-3_all.deb").write_bytes(b"something else")
    with pytest.raises(WrongSource, match="not the file"):
        fetched(package, tmp_path)


def test_a_package_with_its_digest_is_taken_from_where_it_lies(tmp_path):
    package = Package("fonts-test", "2", hashlib.sha256(b"right").hexdigest(), "OFL-1.1")
    (tmp_path / package.file).write_bytes(b"right")
    assert fetched(package, tmp_path) == tmp_path / package.file
