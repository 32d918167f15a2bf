"""People type yes, no and weekdays in English or in their own language."""

from dataclasses import replace

import pytest

from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.words import parse_days, parse_yes, short_weekday, switched, ticked, typed_days, weekday_name
from bot.domain.writing import KINDS_IN_WRITING
from bot.i18n import LANGUAGES, gettext, in_every_language, use_language


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_form_shows_can_be_typed(language: str) -> None:
    with use_language(language):
        assert (parse_yes(gettext("yes")), parse_yes(gettext("no").upper())) == (True, False)
        for day in range(7):
            assert parse_days(weekday_name(day)) == parse_days(short_weekday(day).upper()) == {day}
        for days in (frozenset({0, 2, 6}), frozenset({1}), frozenset(range(7))):
            assert parse_days(typed_days(days)) == days


@pytest.mark.parametrize("language", LANGUAGES)
def test_english_is_understood_everywhere(language: str) -> None:
    with use_language(language):
        assert (parse_yes("yes"), parse_yes("on"), parse_yes("No"), parse_yes("off"), parse_yes("")) == (
            *(True, True),
            *(False, False, False),
        )
        assert parse_days("mon,tue wed-thu Friday") == parse_days("weekdays") == set(range(5))
        assert [parse_days(day) for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")] == [
            {day} for day in range(7)
        ]


@pytest.mark.parametrize(
    ("language", "typed", "days"),
    [
        ("de", "Mo-Fr", range(5)),
        ("de", "mo., Mittw sonntag", (0, 2, 6)),
        ("es", "lun, miercoles, SÁBADO", (0, 2, 5)),
        ("es", "mar", (1,)),
        ("fr", "lun., mar.-jeu.", (0, 1, 2, 3)),
        ("pt_BR", "segunda-feira - sexta-feira", range(5)),
        ("pt_BR", "terça-feira, sabado", (1, 5)),
        ("pt_BR", "Segunda, sex", (0, 4)),
        ("ja", "月曜、水曜日，金曜", (0, 2, 4)),
        ("hi", "सोम-बुध शनिवार", (0, 1, 2, 5)),
    ],
)
def test_days_are_typed_as_people_write_them(language: str, typed: str, days: tuple[int, ...]) -> None:
    with use_language(language):
        assert parse_days(typed) == set(days)


@pytest.mark.parametrize(
    ("language", "yes", "no"),
    [
        ("de", "Ja an", "Nein aus"),
        ("es", "sí si activado", "no desactivado"),
        ("fr", "Oui activé active", "non désactivé"),
        ("pt_BR", "sim ligado", "não nao desligado"),
        ("ja", "はい オン", "いいえ オフ"),
        ("hi", "हाँ चालू", "नहीं बंद"),
    ],
)
def test_yes_and_no_are_typed_as_people_write_them(language: str, yes: str, no: str) -> None:
    with use_language(language):
        assert {switched(word) for word in yes.split()} == {True}
        assert {switched(word) for word in no.split()} == {False}
        assert {*map(ticked, yes.split())} == {True}
        assert switched("vielleicht") is None


def test_a_word_of_another_language_is_no_answer() -> None:
    with use_language("fr"), pytest.raises(BadInput, match="ni oui ni non"):
        parse_yes("ja")
    with use_language("fr"), pytest.raises(BadInput, match=r"«\smontag\s» n'est pas un jour"):
        parse_days("Montag")
    with pytest.raises(BadInput, match="neither yes nor no"):
        parse_yes("oui")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_is_written_with_the_words_that_its_form_names(language: str) -> None:
    kind = KINDS_IN_WRITING["true_false"]
    draft = QuestionDraft(line=1, stem="S", choices=("True", "False"), kind="true_false")
    with use_language(language):
        for key in ((0,), (1,)):
            written = kind.write(replace(draft, key=key))
            assert written in str(kind.notation)
            assert kind.read(draft, written, lambda *_complaint: None).key == key


def test_no_language_calls_true_what_another_calls_false() -> None:
    true, false = ({word.casefold() for word in in_every_language(one)} for one in ("True", "False"))
    assert {"true", "wahr"} <= true
    assert not true & false
