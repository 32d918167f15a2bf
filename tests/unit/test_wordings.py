"""How each language says what English says alike, what is counted, and what is listed."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from bot.i18n import gettext, npgettext, pgettext, use_language
from bot.rendering.words import and_more_people
from tests.supply.catalogues import renew


@pytest.mark.parametrize(
    ("language", "of_day", "period"),
    [
        ("en", "Time", "Time"),
        ("de", "Uhrzeit", "Zeitraum"),
        ("es", "Hora", "Periodo"),
        ("fr", "Heure", "Période"),
        ("pt_BR", "Horário", "Período"),
        ("ja", "時刻", "期間"),
        ("hi", "समय", "अवधि"),
    ],
)
def test_a_time_of_day_is_not_a_period(language: str, of_day: str, period: str) -> None:
    with use_language(language):
        assert (gettext("Time"), pgettext("period", "Time")) == (of_day, period)


@pytest.mark.parametrize(
    ("language", "one", "several"),
    [
        ("en", "and 1 more", "and 2 more"),
        ("de", "und 1 weitere Person", "und 2 weitere Personen"),
        ("es", "y 1 persona más", "y 2 personas más"),
        ("fr", "et 1 autre personne", "et 2 autres personnes"),
        ("pt_BR", "e mais 1 pessoa", "e mais 2 pessoas"),
        ("ja", "ほか1人", "ほか2人"),
        ("hi", "और 1 व्यक्ति", "और 2 लोग"),
    ],
)
def test_more_people_are_counted_as_people(language: str, one: str, several: str) -> None:
    with use_language(language):
        assert (and_more_people(1), and_more_people(2)) == (one, several)


def test_what_is_counted_chooses_the_word_beside_a_number() -> None:
    with use_language("ja"):
        left = [npgettext(what, "and {number} more", "and {number} more", 2) for what in ("people", "choices")]
    assert left == ["ほか{number}人", "ほか{number}個"]


def test_a_renewed_catalogue_keeps_what_each_meaning_is_called(tmp_path: Path) -> None:
    template = Catalog()
    template.add("Time")
    template.add("Time", context="period")
    path = tmp_path / "de" / "LC_MESSAGES" / "quizbot.po"
    renew("de", template, tmp_path)
    written = path.read_text(encoding="utf-8")
    assert 'msgctxt "period"\nmsgid "Time"\nmsgstr ""' in written
    path.write_text(
        written.replace(
            'msgctxt "period"\nmsgid "Time"\nmsgstr ""', 'msgctxt "period"\nmsgid "Time"\nmsgstr "Zeitraum"'
        ),
        encoding="utf-8",
    )

    renew("de", template, tmp_path)

    assert 'msgctxt "period"\nmsgid "Time"\nmsgstr "Zeitraum"' in path.read_text(encoding="utf-8")
    assert b"Zeitraum" in path.with_suffix(".mo").read_bytes()
