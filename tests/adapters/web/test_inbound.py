"""What browsers send becomes what the core understands."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web import inbound
from bot.domain.errors import BadInput
from bot.domain.views import LONGEST_TYPED, MOST_FIELDS


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Ada  Lovelace ", "Ada Lovelace"),
        ("Zoe\u0308", "Zoë"),
        ("Ada\n\tL", "Ada L"),
        ("A\x00d\x1ba", "Ada"),
        ("\u202eadA", "adA"),
        ("孫悟空", "孫悟空"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("<b>&amp;", "<b>&amp;"),
    ],
)
def test_a_name_is_shown_as_typed_but_for_what_nobody_sees(typed: str, shown: str) -> None:
    assert inbound.clean_name(typed) == shown


@pytest.mark.parametrize(
    "typed", ["", " \n ", "\u200b\u200d", "\u202e", "x" * 33, "Quizbot", "ＱＵＩＺＢＯＴ", "quiz\u200dbot"]
)
def test_names_without_a_face_are_refused_with_a_reason(typed: str) -> None:
    with pytest.raises(BadInput, match="name"):
        inbound.clean_name(typed)


@given(st.text(max_size=40))
def test_no_name_carries_control_or_direction_characters(typed: str) -> None:
    try:
        name = inbound.clean_name(typed)
    except BadInput:
        return
    assert not {unicodedata.category(c) for c in name} & {"Cc", "Cs", "Co"}
    assert not set(name) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\n")


@pytest.mark.parametrize("twin", ["ADA", "ada", "Ａｄａ", "A\u200dda", "Ada\u00ad"])
def test_names_that_look_the_same_are_the_same(twin: str) -> None:
    assert inbound.fold_name(twin) == inbound.fold_name("Ada")


def test_positions_come_from_the_form_whatever_it_holds() -> None:
    assert inbound.picks(["0", "2", "2"]) == {0, 2}
    assert inbound.picks([]) == frozenset()


@pytest.mark.parametrize("value", ["", "-1", "1.0", "a", "²", "1234", "0x1", " 1"])
def test_what_is_no_position_is_refused(value: str) -> None:
    with pytest.raises(BadInput):
        inbound.picks([value])


def test_what_is_typed_keeps_its_fields_order_and_every_character() -> None:
    assert inbound.typed([" 3,5 ", "", "<b>"]) == (" 3,5 ", "", "<b>")
    assert inbound.typed(["ä" * LONGEST_TYPED] * MOST_FIELDS)
    assert inbound.typed([]) == ()


@pytest.mark.parametrize("values", [["x"] * (MOST_FIELDS + 1), ["", "x" * (LONGEST_TYPED + 1)]])
def test_more_than_any_page_takes_is_refused(values: list[str]) -> None:
    with pytest.raises(BadInput):
        inbound.typed(values)


@pytest.mark.parametrize("text", ["", "x", "-1", "9223372036854775808", "9" * 5_000])
def test_what_can_be_no_round_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        inbound.round_id(text)
    assert inbound.round_id("9223372036854775807") == 2**63 - 1
