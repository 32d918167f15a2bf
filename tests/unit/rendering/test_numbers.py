"""Numbers are written as the reader's language writes them."""

from fractions import Fraction
from pathlib import Path

import pytest
from babel.numbers import format_decimal, format_percent

from bot.domain.grading import POINT
from bot.i18n import LANGUAGES, use_language
from bot.rendering.numbers import number, percent
from bot.rendering.words import points


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["6.67", "-0.5", "1234.5", "12345", "1234567", "50%"]),
        ("de", ["6,67", "-0,5", "1.234,5", "12.345", "1.234.567", "50\N{NO-BREAK SPACE}%"]),
        ("es", ["6,67", "-0,5", "1234,5", "12.345", "1.234.567", "50\N{NO-BREAK SPACE}%"]),
        ("fr", ["6,67", "-0,5", "1\u202f234,5", "12\u202f345", "1\u202f234\u202f567", "50\N{NO-BREAK SPACE}%"]),
        ("pt_BR", ["6,67", "-0,5", "1.234,5", "12.345", "1.234.567", "50%"]),
        ("ja", ["6.67", "-0.5", "1,234.5", "12,345", "1,234,567", "50%"]),
        ("hi", ["6.67", "-0.5", "1,234.5", "12,345", "12,34,567", "50%"]),
    ],
)
def test_each_language_has_its_own_signs(language: str, written: list[str]) -> None:
    with use_language(language):
        assert [*map(number, (20 / 3, -0.5, 1234.5, 12345, 1234567)), percent(Fraction(1, 2))] == written


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_the_signs_are_those_of_the_cldr(language: str) -> None:
    with use_language(language):
        for value in (0, 0.25, -3.5, 999, 12345.67, 123456, 9876543.2):
            assert number(value) == format_decimal(value, "#,##,##0.##" if language == "hi" else None, locale=language)
        for share in (0, 0.333, 1):
            assert percent(share) == format_percent(share, locale=language)


@pytest.mark.parametrize("value", [0, 0.004, 0.1 + 0.2, 7, 9.999, 1500, 123456.78, -12.5])
def test_english_is_written_as_programs_write_it(value: float) -> None:
    assert number(value) == f"{value:.2f}".rstrip("0").rstrip(".")


@pytest.mark.parametrize("share", [0, 1 / 3, 0.005, 0.015, 0.025, 0.999, 1])
def test_shares_are_rounded_as_programs_round_them(share: float) -> None:
    assert percent(share) == f"{share:.0%}"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["0 points", "0.5 points", "1 point", "1.5 points", "2 points", "6.67 points"]),
        ("de", ["0 Punkte", "0,5 Punkte", "1 Punkt", "1,5 Punkte", "2 Punkte", "6,67 Punkte"]),
        ("es", ["0 puntos", "0,5 puntos", "1 punto", "1,5 puntos", "2 puntos", "6,67 puntos"]),
        ("fr", ["0 point", "0,5 point", "1 point", "1,5 point", "2 points", "6,67 points"]),
        ("pt_BR", ["0 ponto", "0,5 ponto", "1 ponto", "1,5 ponto", "2 pontos", "6,67 pontos"]),
        ("ja", ["0ポイント", "0.5ポイント", "1ポイント", "1.5ポイント", "2ポイント", "6.67ポイント"]),
        ("hi", ["0 अंक", "0.5 अंक", "1 अंक", "1.5 अंक", "2 अंक", "6.67 अंक"]),
    ],
)
def test_points_take_the_form_of_their_number(language: str, said: list[str]) -> None:
    with use_language(language):
        assert [points(value * POINT) for value in (0, 0.5, 1, 1.5, 2, 20 / 3)] == said


def test_every_share_that_people_read_is_written_in_their_language() -> None:
    folders = (Path(__file__).parents[3] / name for name in ("bot/rendering", "bot/services", "adapters"))
    files = [file for folder in folders for kind in ("*.py", "*.html") for file in folder.rglob(kind)]
    assert len(files) > 200
    assert [file.name for file in files if ":.0%}" in file.read_text()] == []
