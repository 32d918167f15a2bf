"""How each language says what English says alike, what is counted, and what is listed."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.domain.clocks import Upcoming
from bot.domain.identity import QuestionId, SeriesId, SpaceId
from bot.domain.leagues import BEGINNING, Season
from bot.domain.question_draw import Candidate, Drawn, Share
from bot.domain.series import Series, Timetable
from bot.domain.typed import plainly, typed
from bot.i18n import LANGUAGES, gettext, npgettext, pgettext, use_language
from bot.ports import ImportReport
from bot.rendering.reasons import reason
from bot.rendering.replies import imported
from bot.rendering.seasons import season_days
from bot.rendering.series import clock_words
from bot.rendering.series_set import series_set
from bot.rendering.words import and_more_people
from tests.supply.catalogues import LOCALES, renew


def in_each_language(**said: str) -> pytest.MarkDecorator:
    """Run a test for each language, with what is said in it."""
    assert said.keys() == LANGUAGES.keys()
    return pytest.mark.parametrize(("language", "said"), said.items(), ids=[*said])


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


def days_of_series(**timetable: Any) -> str:
    """What a host reads of a series in Kathmandu that begins on Tuesday, 1 December 2026."""
    moment = datetime(2026, 12, 1, 3, 15, tzinfo=UTC)
    table = Timetable(at=time(9), zone="Asia/Kathmandu", **timetable)
    series = Series(id=SeriesId("s"), space_id=SpaceId("p"), channel="c", timetable=table)
    now = moment - timedelta(days=5)
    told = series_set(series, Upcoming(moments=(moment,)), 0, now, preview=typed("daily preview"), for_teams=False)
    return told.text


@in_each_language(
    en="Every Tuesday, Wednesday and Friday at 09:00 Kathmandu time, starting on Tuesday 1 December.",
    de="Jeden Dienstag, Mittwoch und Freitag um 09:00 Ortszeit Kathmandu, zum ersten Mal am ",
    es="Cada martes, miércoles y viernes a las 09:00 (hora de Kathmandu), a partir del martes 1 de diciembre.",
    fr="Chaque mardi, mercredi et vendredi à 09:00 (fuseau Kathmandu), à partir du mardi 1er décembre.",
    pt_BR="às 09:00 (horário de Kathmandu), a partir de terça-feira, 1º de dezembro.",
    ja="毎週火曜日、水曜日、金曜日 09:00（Kathmandu 時間）、開始は12月1日（火曜日）。",
    hi="हर मंगलवार, बुधवार और शुक्रवार 09:00 बजे (Kathmandu का समय), शुरुआत: मंगलवार 1 दिसंबर।",
)
def test_a_list_and_a_date_are_parts_of_a_sentence(language: str, said: str) -> None:
    with use_language(language):
        assert said in days_of_series(days=frozenset({1, 2, 4}))


@in_each_language(
    en="Asia/Kathmandu isn't UTC: its clock is 5 hours and 45 minutes ahead.",
    de="Asia/Kathmandu ist nicht UTC: Die Uhr dort geht 5 Stunden und 45 Minuten vor.",
    es="Asia/Kathmandu no es UTC: su reloj va 5 horas y 45 minutos por delante.",
    fr="Asia/Kathmandu n'est pas l'UTC\N{NO-BREAK SPACE}: 5 heures et 45 minutes d'avance.",
    pt_BR="Asia/Kathmandu não é UTC: o relógio fica 5 horas e 45 minutos à frente.",
    ja="Asia/Kathmandu は UTC より5時間45分進んでいます。",
    hi="Asia/Kathmandu UTC नहीं है: उसकी घड़ी 5 घंटे 45 मिनट आगे है।",
)
def test_a_length_of_time_is_part_of_a_sentence(language: str, said: str) -> None:
    with use_language(language):
        assert clock_words(*first_of("Asia/Kathmandu")) == said


def first_of(zone: str) -> tuple[Timetable, Upcoming]:
    return Timetable(at=time(9), zone=zone), Upcoming(moments=(datetime(2026, 12, 1, 3, tzinfo=UTC),))


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Atlantic/Azores", "its clock is an hour behind. In summer it is the same."),
        (
            "America/St_Johns",
            "its clock is 3 hours and 30 minutes behind. In summer it is 2 hours and 30 minutes behind.",
        ),
        ("Australia/Lord_Howe", "its clock is 10 hours and 30 minutes ahead. In summer it is 11 hours ahead."),
        ("Europe/Dublin", "in summer its clock is an hour ahead."),
        ("America/Sao_Paulo", "its clock is 3 hours behind."),
    ],
)
def test_a_clock_is_ahead_or_behind_in_winter_and_in_summer(zone: str, said: str) -> None:
    assert clock_words(*first_of(zone)) == f"{zone} isn't UTC: {said}"


def test_a_clock_that_differs_only_for_a_month_is_the_same_now() -> None:
    """In Morocco the clocks go back for Ramadan alone."""
    during = Upcoming(moments=(datetime(2026, 3, 1, 9, tzinfo=UTC),))
    said = clock_words(Timetable(at=time(9), zone="Africa/Casablanca"), during)
    assert said == "Africa/Casablanca isn't UTC, but its clock is the same now."


@in_each_language(
    en="difficulty hard had 1 of 3, its share is 50%",
    de="Schwierigkeit schwer: 1 von 3, der Anteil soll 50\N{NO-BREAK SPACE}% sein",
    es="la dificultad «difícil» llevaba 1 de 3, y su proporción es del 50\N{NO-BREAK SPACE}%",
    fr="difficulté difficile\N{NO-BREAK SPACE}: 1 sur 3, pour une part de 50\N{NO-BREAK SPACE}%",
    pt_BR="a dificuldade difícil teve 1 de 3, com porcentagem de 50%",
    ja="難易度「難しい」の出題は3回中1回、設定した割合は50%",
    hi="कठिनाई कठिन: 3 में से 1 मिले, तय हिस्सा 50%",
)
def test_a_difficulty_is_named_in_the_language_of_its_sentence(language: str, said: str) -> None:
    drawn = Drawn(
        candidate=Candidate(QuestionId("q"), None), fresh=2, level=Share(name="hard", had=1, of=3, due=Fraction(1, 2))
    )
    series = Series(id=SeriesId("s"), space_id=SpaceId("p"), channel="c", timetable=first_of("UTC")[0])
    with use_language(language):
        assert reason(series, drawn, "hard").partition("; ")[2] == said


@in_each_language(
    en="up to 2026-03-02",
    de="bis 2026-03-02",
    es="hasta el 2026-03-02",
    fr="jusqu'au 2026-03-02",
    pt_BR="até 2026-03-02",
    ja="2026-03-02 まで",
    hi="2026-03-02 तक",
)
def test_a_season_without_a_first_day_lasts_until_its_last(language: str, said: str) -> None:
    with use_language(language):
        assert season_days(Season(number=1, name="", starts_on=BEGINNING, ends_on=date(2026, 3, 2))) == said


@in_each_language(
    en="1 question is ready to be asked. 2 without a key, 1 needs a look: `/quiz bank review b`",
    de="1 Frage kann gestellt werden. 2 ohne Lösung, 1 zu prüfen: `/quiz bank review b`",
    es="1 pregunta está lista para hacerse. 2 sin clave, 1 por revisar: `/quiz bank review b`",
    fr="1 question est prête à être posée. 2 sans corrigé, 1 à vérifier\N{NO-BREAK SPACE}: `/quiz bank review b`",
    pt_BR="1 pergunta está pronta para ser feita. 2 sem gabarito, 1 para revisar: `/quiz bank review b`",
    ja="1問を出題できます。 正解なし 2問、要確認 1問：`/quiz bank review b`",
    hi="1 सवाल पूछे जाने को तैयार है। 2 बिना कुंजी के, 1 को देखना ज़रूरी: `/quiz bank review b`",
)
def test_what_an_import_brought_is_counted(language: str, said: str) -> None:
    report = ImportReport(bank="b", new=1, edited=0, unchanged=0, ready=1, unkeyed=2, needs_attention=1, left_out=0)
    with use_language(language):
        assert plainly(imported(report).text).replace("\n\n", " ").endswith(said)


def test_no_text_is_a_part_that_something_is_glued_to() -> None:
    with (LOCALES / "messages.pot").open("rb") as lines:
        texts = [text for one in read_po(lines) if one.id for text in ([one.id] if isinstance(one.id, str) else one.id)]
    assert [text for text in texts if text.startswith(" ")] == [], "make them whole sentences"
