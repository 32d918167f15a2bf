"""Codes as they are typed and kept."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.codes import GROUP_BITS, class_code, class_letters, digest, spelled


def test_a_code_comes_in_groups_of_four():
    assert spelled(0, 4) == "0000-0000-0000-0000"
    assert len(spelled(2**60 - 1, 3)) == 14


@given(st.integers(0, 2 ** (4 * GROUP_BITS) - 1), st.integers(0, 2 ** (4 * GROUP_BITS) - 1))
def test_different_numbers_are_different_codes(one, other):
    assert (spelled(one, 4) == spelled(other, 4)) == (one == other)
    assert (digest(spelled(one, 4)) == digest(spelled(other, 4))) == (one == other)


@given(st.integers(0, 2 ** (4 * GROUP_BITS) - 1))
def test_case_dashes_and_letters_that_look_alike_make_no_difference(number):
    code = spelled(number, 4)
    typed = (code.lower(), code.replace("-", ""), f" {code} ", code.replace("0", "O").replace("1", "l"))
    assert {digest(one) for one in typed} == {digest(code)}


def test_what_is_kept_tells_nothing_of_the_code():
    assert len(digest("7QJ2-0XKD")) == 64
    assert "7QJ2" not in digest("7QJ2-0XKD").upper()


def test_a_class_code_has_eight_letters_that_look_alike_to_nobody():
    codes = [class_code(Random(seed)) for seed in range(200)]
    assert {len(code) for code in codes} == {8}
    assert not set("".join(codes)) & set("01258OQILSZBAEU")
    assert len(set(codes)) == len(codes)


def test_a_class_code_may_be_typed_in_any_way():
    assert {class_letters(typed) for typed in ("KTM4RPCD", "ktm4 rpcd", " KTM4-RPCD ")} == {"KTM4RPCD"}
