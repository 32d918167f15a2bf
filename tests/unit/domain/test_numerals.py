"""Numbers as people type them are read as a careful person would, and written in one form."""

from fractions import Fraction
from unicodedata import decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.decimals import exactly, written
from bot.domain.kinds.numerals import LONGEST, Numeral, read, same_unit

READABLE = {
    # plain
    "0": "0",
    "42": "42",
    "007": "7",
    "-5": "-5",
    "+5": "5",
    "- 5": "-5",
    "−5": "-5",
    "–5": "-5",
    "－５": "-5",
    "= 5": "5",
    "≈5": "5",
    "“5”": "5",
    "5.": "5",
    "3.5!": "3.5",
    # decimal comma and point
    "3.5": "3.5",
    "3,5": "3.5",
    ".5": "0.5",
    ",5": "0.5",
    "-.5": "-0.5",
    "3.50": "3.5",
    "0,125": "0.125",
    "12,34": "12.34",
    "1,2345": "1.2345",
    "3.141 592 65": "3.14159265",
    # thousands
    "1,234.5": "1234.5",
    "1.234,5": "1234.5",
    "1 234,5": "1234.5",
    "1\u202f234,5": "1234.5",
    "1\u00a0234\u00a0567": "1234567",
    "1'234.5": "1234.5",
    "1’234": "1234",
    "1_000_000": "1000000",
    "1,234,567": "1234567",
    "1.234.567": "1234567",
    "1,23,456": "123456",
    "12,34,567.89": "1234567.89",
    # powers of ten
    "1e-3": "0.001",
    "1E3": "1000",
    "2.5e+3": "2500",
    "1.5×10^3": "1500",
    "1,234e3": "1234",
    "1.234e3": "1234",
    "1.5 × 10 ^ 3": "1500",
    "1,5·10⁻³": "0.0015",
    "1.5x10^3": "1500",
    "1.5*10**3": "1500",
    "10^3": "1000",
    "-10³": "-1000",
    "6.022e23": "6.022e23",
    "1e-30": "1e-30",
    # fractions
    "3/4": "0.75",
    "3 / 4": "0.75",
    "1/3": "1/3",
    "-1/3": "-1/3",
    "6/4": "1.5",
    "1 3/4": "1.75",
    "-1 3/4": "-1.75",
    "½": "0.5",
    "1½": "1.5",
    "3⁄4": "0.75",
    # digits of other scripts
    "１２．５": "12.5",
    "١٢٣": "123",
    "١٬٢٣٤٫٥": "1234.5",
    "٣/٤": "0.75",
    "۱۲٫۵": "12.5",
    "१२३": "123",
    "१,२३,४५६": "123456",
    "๑๒": "12",
    "𝟗": "9",
}

WITH_UNIT = {
    "5 kg": ("5", "kg"),
    "5kg": ("5", "kg"),
    "5 kg.": ("5", "kg"),
    "1 234,5 m²": ("1234.5", "m²"),
    "1/2 m/s": ("0.5", "m/s"),
    "1e5 m": ("100000", "m"),
    "50 %": ("50", "%"),
    "50%": ("50", "%"),
    "%50": ("50", "%"),
    "５０％": ("50", "%"),
    "٥٠٪": ("50", "%"),
    "$5": ("5", "$"),
    "-$5": ("-5", "$"),
    "$-5": ("-5", "$"),
    "5 €": ("5", "€"),
    "21 °C": ("21", "°C"),
    "5e": ("5", "e"),
    "about 5": ("5", "about"),
    "0x1F": ("0", "x1F"),
    "1e9999999": ("1", "e9999999"),
    "5 or 6": ("5", "or 6"),
    "5 N·m": ("5", "N·m"),
    "−1,5·10⁻³ N⋅m": ("-0.0015", "N⋅m"),
    "5 l’h": ("5", "l’h"),
    "5 s⁻¹": ("5", "s⁻¹"),
    "5 m_e": ("5", "m_e"),
}

AMBIGUOUS = {
    "1,234": ("1234", "1.234"),
    "1.234": ("1.234", "1234"),
    "-12,345": ("-12345", "-12.345"),
    "1,000": ("1000", "1"),
    "١,٢٣٤": ("1234", "1.234"),
}

UNREADABLE = [
    *("", " ", "five", "-", ".", ",", "½½", "NaN", "inf", "-Infinity", "一", "Ⅻ", "²", "1²"),
    *("1 2", "1 2 3", "12 34", "1.2.3", "0,123,456", "1,234.567,8", "1.234,567.8", "1'23", "1..2", "1,,2"),
    *("--5", "+-5", "-$-5", "5-", "±5", "3-4", "12:30", "$5€", "5 5 kg"),
    *("3/0", "1 3/0", "3/4/5", "1 7/4", "1.5/2", "/4", "3/", "1 2 3/4"),
    *("1e1000", "1e-1000", "10^1000", "9" * (LONGEST + 1)),
    *("\u0664\u0665\u066b", "5\ud800", "2^10"),
]


@pytest.mark.parametrize("text", READABLE)
def test_what_is_usual_is_read(text):
    assert read(text) == Numeral((exactly(READABLE[text]),))
    assert written(read(text).values[0]) == READABLE[text]


@pytest.mark.parametrize("text", WITH_UNIT)
def test_a_unit_stands_on_either_side(text):
    number, unit = WITH_UNIT[text]
    assert read(text) == Numeral((exactly(number),), unit)


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_what_can_be_two_numbers_is_read_as_both(text):
    assert tuple(map(written, read(text).values)) == AMBIGUOUS[text]


@pytest.mark.parametrize("text", UNREADABLE)
def test_anything_else_is_no_number(text):
    assert read(text) is None


@given(st.fractions())
def test_every_number_is_written_in_one_form_that_says_exactly_it(number):
    assert exactly(written(number)) == number
    assert written(exactly(written(number))) == written(number)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_a_decimal_is_what_the_standard_library_says_it_is(number):
    assert Fraction(number) in read(str(number)).values
    assert Fraction(number) in read(f"{number:,}").values
    assert Fraction(number) in read(str(number).replace(".", ",")).values


@given(st.integers(-(10**15), 10**15), st.sampled_from(",.' "))
def test_thousands_may_be_set_apart_by_anything_usual(number, separator):
    assert Fraction(number) in read(f"{number:,}".replace(",", separator)).values


@given(st.integers(0, 10**12), st.sampled_from("0٠۰०๐０𝟎"))
def test_digits_of_every_script_count(number, zero):
    text = "".join(chr(ord(zero) + int(digit)) for digit in str(number))
    assert all(decimal(sign) == int(digit) for sign, digit in zip(text, str(number), strict=True))
    assert read(text) == Numeral((Fraction(number),))


@given(st.text(st.sampled_from("0123456789.,' -+eE^*x×/½⁻³%$k٣٫１"), max_size=LONGEST + 5))
def test_whatever_is_typed_has_few_digits(text):
    numeral = read(text)
    for value in numeral.values if numeral else ():
        assert len(written(value)) < 2 * LONGEST
        assert exactly(written(value)) == value


@pytest.mark.parametrize(
    "text", ["", "1.", ".5", "1,5", "1e", "1/0", "1e99999", "--1", "1/2/3", "nan", "٣", "9" * 5_000]
)
def test_nothing_but_a_normal_form_is_taken_for_one(text):
    with pytest.raises(ValueError, match=r"number|zero|4300 digits"):
        exactly(text)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("kg", "kg", True),
        ("m²", "m^2", True),
        ("m2", "m²", True),
        ("m**2", "m²", True),
        ("N·m", "N m", True),
        ("N·m", "N*m", True),
        ("N·m", "N⋅m", True),
        ("ms", "m s", False),
        ("ms", "m·s", False),
        ("s⁻¹", "s^-1", True),
        ("s⁻¹", "s-1", True),
        ("s⁻¹", "s", False),
        ("m / s ^ 2", "m/s²", True),
        ("° C", "°C", True),
        ("m.", "m", True),
        ("day", "days", True),
        ("bit", "bits", True),
        ("mins", "min", True),
        ("Byte", "bytes", True),
        ("Bytes", "byte", True),
        ("kilometres per hour", "Kilometre per hour", True),
        ("mPas", "mPa", False),
        ("Mbar", "mbar", False),
        ("gas", "ga", False),
        *(("inch", "inches", True), ("box", "boxes", True), ("bus", "buses", True), ("class", "classes", True)),
        *(("lens", "lenses", True), ("Boxes per bus", "box per bus", True), ("house", "houses", True)),
        *(("status", "stat", False), ("min", "mines", False), ("°s", "°", False)),
        *(("%", "percent", True), ("Per cent", "%", True), ("percentage", "%", False), ("per cents", "%", False)),
        *(("l", "L", True), ("ml", "mL", True), ("ml", "ML", False), ("mL/min", "ml/min", True)),
        ("µm", "μm", True),
        ("℃", "°C", True),
        ("metres", "metre", True),
        ("Metre", "metres", True),
        ("mW", "MW", False),
        ("kg", "lb", False),
        ("%", "", False),
        ("s", "", False),
    ],
)
def test_units_are_the_same_if_they_mean_the_same(one, other, same):
    assert same_unit(one, other) is same
    assert same_unit(other, one) is same
